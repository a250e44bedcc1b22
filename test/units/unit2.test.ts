import { suites } from '../together/suites';

suites('unit', 2, 2);
