import { suites } from './suites';

suites('engine', 1, 4);
