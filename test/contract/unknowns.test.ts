import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaults } from '../emulator/options';
import { unknowns } from './openapi';

const ROOT = join(__dirname, '../../..');

const { media, ...others } = defaults;
const options: Record<string, unknown> = {
	...others,
	...Object.fromEntries(Object.entries(media).map(([name, value]) => [`media.${name}`, value])),
};

/** The options that stand for no unknown: the emulator's own settings, how long something takes, and the size of its media. */
const SETTINGS = [
	...['port', 'otherAccounts', 'now', 'newId', 'latencyMs', 'readyAfterMs', 'startsAfterMs', 'contentAppearsAfterMs'],
	...['heights', 'bitRate', 'segmentMs', 'segmentsPerPart', 'firstTimestamp', 'bytesPerSecond', 'isSigned'].map(
		(name) => `media.${name}`,
	),
];

it('every other option of the emulator belongs to exactly one unknown', () => {
	expect(SETTINGS.filter((name) => !(name in options))).toEqual([]);
	const named = unknowns.flatMap(({ option }) => option ?? []);
	expect([...named, ...SETTINGS].toSorted()).toEqual(Object.keys(options).toSorted());
});

it('every unknown has an ID of its own', () => {
	expect(new Set(unknowns.map(({ id }) => id)).size).toBe(unknowns.length);
});

describe.each(unknowns)('unknown $id', ({ answers, code, option, status, answer, date, evidence }) => {
	it('has different answers, each with its value of the option', () => {
		const ids = answers.map(({ id }) => id);
		expect(ids.filter((id) => !/^[A-Za-z0-9-]+$/.test(id))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
		const values = answers.flatMap(({ plays }) => (plays === undefined ? [] : [JSON.stringify(plays)]));
		expect(new Set(values).size).toBe(values.length);
		expect(values.length > 0).toBe(option !== undefined && option !== 'signingKey');
	});

	it('has the default of the option among its answers', () => {
		const value = option === undefined ? undefined : options[option];
		const isPlayed = option === undefined || option === 'signingKey';
		expect(isPlayed || answers.some(({ plays }) => (plays ?? undefined) === value)).toBe(true);
	});

	it('names code that exists', () => {
		const missing = code.filter((place) => {
			const [file = '', name = ''] = place.split('#');
			return !readFileSync(join(ROOT, file), 'utf8').includes(name);
		});
		expect(missing).toEqual([]);
	});

	it('is open, or has an answer with date and evidence', () => {
		const given = [answer, date, evidence].filter((value) => value !== undefined).length;
		expect(given).toBe(status === 'answered' ? 3 : 0);
		expect(status === 'open' || answers.some(({ id }) => id === answer)).toBe(true);
	});
});
