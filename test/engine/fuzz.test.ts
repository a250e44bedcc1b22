import { fuzzTests } from '../faults/fuzzTests';

jest.setTimeout(120_000);

fuzzTests(10);
