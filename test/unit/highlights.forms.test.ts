import fc from 'fast-check';
import { placeHighlights, readHighlights } from '../../nodes/Videograph/clip/highlights';
import { InvalidInput } from '../../nodes/Videograph/shared/invalidInput';
import { valueOrRefusal } from './refusal';

const OPTIONS = { zone: 'Europe/Berlin', date: '2026-11-23', streamStartMs: 1.8e12, beforeMs: 20_000, afterMs: 10_000 };

const piece = fc.constantFrom(
	'20:31:05', '20:31', '25:61', '2026-11-23T20:31:05', '2026-11-23 20:31', '1795466665', '12m30s', '01:00:04:12', '5',
	'-5', '', ' ', '  ', ' - ', ' to ', '-->', '[', ']', 'Goal', '#goal', '\uD800', '\u2028', '"', '""', ':', '*',
	'// ',
);
const joined = (extra: string[], maxLength: number) =>
	fc.array(fc.oneof(piece, fc.constantFrom(...extra)), { maxLength }).map((pieces) => pieces.join(''));
const time = fc.oneof(piece, fc.constantFrom('20:31:05', 1795466665));
const tags = fc.oneof(fc.constant(['a']), fc.constant('a, b'), fc.jsonValue());
const list = fc.array(fc.record({ time, title: piece, end: time, tags }, { requiredKeys: ['time'] }), { maxLength: 3 });

const header = fc.constantFrom('time,title\n', 'start;end;title\n', 'at\tlength\ttags\n');
const almostCsv = fc.tuple(header, joined([',', ';', '\t', '\n', '\r\n'], 10)).map((parts) => parts.join(''));
const almostJson = fc.tuple(list, fc.boolean(), fc.nat(), piece).map(([entries, asLines, at, other]) => {
	const text = asLines ? entries.map((entry) => JSON.stringify(entry)).join('\n') : JSON.stringify(entries);
	const index = at % (2 * text.length + 1);
	return index < text.length ? text.slice(0, index) + other + text.slice(index + 1) : text;
});
const timecodes = ' 01:00:05:00 01:00:06:00 00:00:00:00 00:00:01:00';
const almostEdl = joined(['\n001 AX V C ', timecodes, ' 01:00:06:00', '\n* LOC: '], 12).map((text) => `FCM: x${text}`);

// How many highlights are read at least: of a generator of which nothing can be read, little would be proved.
it.each<[string, number, fc.Arbitrary<unknown>, number]>([
	['random text', 20_000, fc.string({ unit: 'binary', maxLength: 40 }), 0],
	['almost lines', 30_000, joined(['\n', '\n', ' '], 12), 100],
	['almost CSV', 25_000, almostCsv, 100],
	['almost JSON', 15_000, almostJson, 100],
	['an almost EDL', 10_000, almostEdl, 100],
	['a value', 5000, fc.oneof(fc.anything({ withDate: true, withBigInt: true }), list), 100],
])('%s gives sound highlights or a refusal', (_, numRuns, values, least) => {
	const times = fc.constantFrom('clock' as const, 'offset' as const);
	const gaps = fc.constantFrom(undefined, 0, 60_000);
	let read = 0;
	fc.assert(
		fc.property(values, times, gaps, (value, mode, mergeGapMs) => {
			const options = { ...OPTIONS, times: mode, mergeGapMs };
			const highlights = () => readHighlights(value, { defaultTitle: 'Highlight' });
			const placed = valueOrRefusal(() => placeHighlights(highlights(), options));
			if (placed instanceof InvalidInput) return true;
			read += placed.length;
			return placed.every(({ title, startMs, endMs }) => title !== '' && startMs < endMs);
		}),
		{ numRuns },
	);
	expect(read).toBeGreaterThanOrEqual(least);
});

describe('what is written is read back', () => {
	const two = (n: number) => String(n).padStart(2, '0');
	const clock = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((parts) => parts.map(two).join(':'));
	const trimmed = (text: string) => text.trim() !== '' && text.trim() === text;
	const grapheme = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });
	const unit = fc.oneof(fc.constantFrom(',', ';', '"', '\t', '\n', '#', '-', ':', '/', ' ', '['), grapheme);
	const text = fc.string({ unit, minLength: 1, maxLength: 20 }).filter(trimmed);
	const tag = fc.stringMatching(/^[a-zäß0-9_]{0,5}[a-z]$/);
	/** A title as a line can hold it: with no line break, and with nothing that is a time or a tag at its ends. */
	const lineTitle = text.filter((title) => !title.includes('\n')).map((title) => `A${title}.`);
	const listOf = (title: fc.Arbitrary<string>, tags: fc.Arbitrary<string[]>) =>
		fc.array(fc.record({ title, tags, start: clock, end: clock }), { minLength: 1, maxLength: 8 });
	type Written = { title: string; tags: string[]; start: string; end: string };

	/** Checks that a form gives back what it was written from, each highlight at its line. */
	function isReadAsItself(
		lists: fc.Arbitrary<Written[]>,
		write: (written: Written[]) => { value: unknown; lines?: number[] },
	): void {
		fc.assert(
			fc.property(lists, (written) => {
				const { value, lines } = write(written);
				const expected = written.map((highlight, i) => ({ line: lines?.[i] ?? i + 1, ...highlight }));
				expect(readHighlights(value)).toEqual(expected);
			}),
			{ numRuns: 1000 },
		);
	}
	const full = listOf(text, fc.uniqueArray(tag, { maxLength: 3 }));
	const simple = listOf(lineTitle, fc.uniqueArray(tag, { maxLength: 3 }));

	it('as a list', () => isReadAsItself(full, (value) => ({ value })));
	it('as JSON', () => isReadAsItself(full, (list) => ({ value: JSON.stringify(list) })));
	it('as indented JSON', () =>
		isReadAsItself(full, (clips) => ({ value: JSON.stringify({ clips }, null, '\t') })));
	it('as JSON lines', () =>
		isReadAsItself(full, (list) => ({ value: list.map((highlight) => JSON.stringify(highlight)).join('\r\n') })));
	it.each([',', ';', '\t'])('as CSV with %j', (separator) => {
		const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
		isReadAsItself(full, (list) => {
			const cells = list.map(({ title, start, end, tags }) => [quoted(title), start, end, quoted(tags.join())]);
			const rows = [['title', 'start', 'end', 'tags'], ...cells].map((row) => row.join(separator));
			const lines = list.map((_, index) => `${rows.slice(0, index + 1).join('\n')}\n`.split('\n').length);
			return { value: rows.join('\n'), lines };
		});
	});
	it.each([' - ', '-', ' – ', ' --> ', ' to '])('as lines with %j', (to) => {
		isReadAsItself(simple, (list) => ({
			value: list
				.map(({ title, tags, start, end }) => `${start}${to}${end} ${[title, ...tags].join(' #')}`)
				.join('\n'),
		}));
	});
	it('as an EDL', () => {
		isReadAsItself(listOf(lineTitle, fc.constant([])), (list) => ({
			value: list
				.flatMap(({ title, start, end }, index) => [
					`${index + 1}  AX  V  C  ${start}:00 ${end}:00 00:00:00:00 00:00:01:00`,
					`* FROM CLIP NAME: ${title}`,
				])
				.join('\r\n'),
			lines: list.map((_, index) => 1 + 2 * index),
		}));
	});
});
