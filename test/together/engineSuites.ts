import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const GROUPS = 4;
const FOLDER = join(__dirname, '../engine');

/**
 * Defines the suites of one group of test/engine in the file that calls it. jest loads n8n's engine anew for each file of
 * tests, which takes longer than most suites: so `npm test` runs them in a few files.
 *
 * @param group from 1
 */
export function engineSuites(group: number): void {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.test.js'));
	for (const file of files.filter((_file, index) => index % GROUPS === group - 1)) {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- a suite is defined where it is loaded
		describe(file, () => void require(join(FOLDER, file)));
	}
}
