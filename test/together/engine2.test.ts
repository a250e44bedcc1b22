import { suites } from './suites';

suites('engine', 2, 4);
