import { join } from 'node:path';

/** The top folder of the project, seen from the compiled file in .build/test/e2e. */
export const projectRoot = join(__dirname, '..', '..', '..');
