import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withExamples } from '../../tools/docs/examples';
import { ONLY_DATE } from './scene';

jest.setTimeout(120_000);

test('docs/examples.md is up to date (npm run docs writes it)', async () => {
	const page = readFileSync(join(__dirname, '../../../docs/examples.md'), 'utf8');
	jest.useFakeTimers({ ...ONLY_DATE, advanceTimers: false });
	try {
		expect(await withExamples(page, (epochMs) => jest.setSystemTime(epochMs))).toBe(page);
	} finally {
		jest.useRealTimers();
	}
});
