import { engineSuites } from './engineSuites';

engineSuites(2);
