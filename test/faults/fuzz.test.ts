import { fuzzTests } from './fuzzTests';

jest.setTimeout(60 * 60_000);

fuzzTests(250);
