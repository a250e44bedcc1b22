import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Defines the suites of one group of a folder in the file that calls it. jest loads n8n anew for each file of tests,
 * which takes longer than most suites: so `npm test` runs them in a few files.
 *
 * @param folder below test/
 * @param group from 1
 */
export function suites(folder: string, group: number, groups: number): void {
	const path = join(__dirname, '..', folder);
	const files = readdirSync(path).filter((file) => file.endsWith('.test.js'));
	for (const file of files.filter((_file, index) => index % groups === group - 1)) {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- a suite is defined where it is loaded
		describe(file, () => void require(join(path, file)));
	}
}
