import { suites } from './suites';

suites('engine', 4, 4);
