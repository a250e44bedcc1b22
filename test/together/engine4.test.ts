import { engineSuites } from './engineSuites';

engineSuites(4);
