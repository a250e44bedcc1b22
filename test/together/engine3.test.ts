import { suites } from './suites';

suites('engine', 3, 4);
