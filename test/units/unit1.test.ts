import { suites } from '../together/suites';

suites('unit', 1, 2);
