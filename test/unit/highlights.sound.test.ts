import fc from 'fast-check';
import { parseHighlights } from '../../nodes/Videograph/clip/highlights/parse';
import { resolveHighlights } from '../../nodes/Videograph/clip/highlights/resolveTimes';
import { InvalidValueError } from '../../nodes/Videograph/parameters/invalidValueError';
import { cases } from '../cases';
import { valueOrError } from './valueOrError';

const OPTIONS = { zone: 'Europe/Berlin', date: '2026-11-23', streamStartMs: 1.8e12, beforeMs: 20_000, afterMs: 10_000 };

const piece = fc.constantFrom(
	'20:31:05',
	'20:31',
	'25:61',
	'2026-11-23T20:31:05',
	'2026-11-23 20:31',
	'1795466665',
	'12m30s',
	'01:00:04:12',
	'5',
	'-5',
	'',
	' ',
	'  ',
	' - ',
	' to ',
	'-->',
	'[',
	']',
	'Goal',
	'#goal',
	'\uD800',
	'\u2028',
	'"',
	'""',
	':',
	'*',
	'// ',
);
const joined = (extra: string[], maxLength: number) =>
	fc.array(fc.oneof(piece, fc.constantFrom(...extra)), { maxLength }).map((pieces) => pieces.join(''));
const time = fc.oneof(piece, fc.constantFrom('20:31:05', 1795466665));
const tags = fc.oneof(fc.constant(['a']), fc.constant('a, b'), fc.jsonValue());
const list = fc.array(fc.record({ time, title: piece, end: time, tags }, { requiredKeys: ['time'] }), { maxLength: 3 });

const header = fc.constantFrom('time,title\n', 'start;end;title\n', 'at\tlength\ttags\n');
const almostCsv = fc
	.tuple(header, joined([',', ';', '\t', '\n', '\r\n', '20:31:05,Goal\n'], 10))
	.map((parts) => parts.join(''));
const almostJson = fc.tuple(list, fc.boolean(), fc.nat(), piece).map(([entries, asLines, at, other]) => {
	const text = asLines ? entries.map((entry) => JSON.stringify(entry)).join('\n') : JSON.stringify(entries);
	const index = at % (2 * text.length + 1);
	return index < text.length ? text.slice(0, index) + other + text.slice(index + 1) : text;
});
const timecodes = ' 01:00:05:00 01:00:06:00 00:00:00:00 00:00:01:00';
const event = `\n001 AX V C ${timecodes}\n* FROM CLIP NAME: Goal`;
const almostEdl = joined([event, '\n001 AX V C ', timecodes, ' 01:00:06:00', '\n* LOC: '], 12).map(
	(text) => `FCM: x${text}`,
);

describe('highlights from any input', () => {
	// The minimum number of valid highlights: a generator of invalid input alone would prove little.
	it.each<[string, number, fc.Arbitrary<unknown>, number]>([
		['random text', 20_000, fc.string({ unit: 'binary', maxLength: 40 }), 0],
		['almost lines', 30_000, joined(['\n', '\n', ' '], 12), 100],
		['almost CSV', 25_000, almostCsv, 100],
		['almost JSON', 15_000, almostJson, 100],
		['an almost EDL', 10_000, almostEdl, 100],
		['a value', 10_000, fc.oneof(fc.anything({ withDate: true, withBigInt: true }), list), 100],
	])('%s gives valid highlights or an error', (_, count, values, least) => {
		const times = fc.constantFrom('clock' as const, 'offset' as const);
		const gaps = fc.constantFrom(undefined, 0, 60_000);
		let read = 0;
		fc.assert(
			fc.property(values, times, gaps, (value, mode, mergeGapMs) => {
				const options = { ...OPTIONS, timeFormat: mode, mergeGapMs };
				const placed = valueOrError(() => resolveHighlights(parseHighlights(value), options));
				if (placed instanceof InvalidValueError) return true;
				read += placed.length;
				return placed.every(({ title, startMs, endMs }) => title !== '' && startMs < endMs);
			}),
			{ numRuns: cases(count) },
		);
		expect(read).toBeGreaterThanOrEqual(cases(least, 0.01));
	});
});
