import { findBrowser, NO_BROWSER } from './browser';

/** Tests that are skipped with a message if the machine has no browser. */
export function describeInBrowser(name: string, tests: (browser: string) => void): void {
	const browser = findBrowser(process.env);
	if (browser === undefined) process.stderr.write(`${NO_BROWSER}\n`);
	const describeWhere = browser === undefined ? describe.skip : describe;
	describeWhere(name, () => tests(browser ?? ''));
}
