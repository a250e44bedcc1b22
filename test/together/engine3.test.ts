import { engineSuites } from './engineSuites';

engineSuites(3);
