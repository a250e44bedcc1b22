import { engineSuites } from './engineSuites';

engineSuites(1);
