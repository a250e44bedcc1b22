import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withExamples } from '../../tools/docs/examples';
import { NOW } from './harness';

/** Sets the date only: it stands still, and timers are real. */
const ONLY_DATE = {
	now: NOW,
	doNotFake: [
		'hrtime',
		'nextTick',
		'performance',
		'queueMicrotask',
		'setImmediate',
		'clearImmediate',
		'setInterval',
		'clearInterval',
		'setTimeout',
		'clearTimeout',
	],
} satisfies Parameters<typeof jest.useFakeTimers>[0];

jest.setTimeout(120_000);

test('docs/examples.md is up to date (npm run docs writes it)', async () => {
	const page = readFileSync(join(__dirname, '../../../docs/examples.md'), 'utf8');
	jest.useFakeTimers(ONLY_DATE);
	try {
		expect(await withExamples(page, (epochMs) => jest.setSystemTime(epochMs))).toBe(page);
	} finally {
		jest.useRealTimers();
	}
});
