import fc from 'fast-check';
import { parseHighlights } from '../../nodes/Videograph/clip/highlights/parse';
import { cases } from '../cases';

describe('highlights round trip', () => {
	const two = (n: number) => String(n).padStart(2, '0');
	const clock = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((parts) => parts.map(two).join(':'));
	const trimmed = (text: string) => text.trim() !== '' && text.trim() === text;
	const grapheme = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });
	const unit = fc.oneof(fc.constantFrom(',', ';', '"', '\t', '\n', '#', '-', ':', '/', ' ', '['), grapheme);
	const text = fc.string({ unit, minLength: 1, maxLength: 20 }).filter(trimmed);
	const tag = fc.stringMatching(/^[a-zäß0-9_]{0,5}[a-z]$/);
	/** A title of a line: without a line break, and without a time or a tag at its ends. */
	const lineTitle = text.filter((title) => !title.includes('\n')).map((title) => `A${title}.`);
	const listOf = (title: fc.Arbitrary<string>, tags: fc.Arbitrary<string[]>) =>
		fc.array(fc.record({ title, tags, start: clock, end: clock }), { minLength: 1, maxLength: 8 });
	type Written = { title: string; tags: string[]; start: string; end: string };

	/** Checks that a format is parsed to its source, each highlight with its line. */
	function isReadAsItself(
		lists: fc.Arbitrary<Written[]>,
		write: (written: Written[]) => { value: unknown; lines?: number[] },
	): void {
		fc.assert(
			fc.property(lists, (written) => {
				const { value, lines } = write(written);
				const expected = written.map((highlight, i) => ({ line: lines?.[i] ?? i + 1, ...highlight }));
				expect(parseHighlights(value)).toEqual(expected);
			}),
			{ numRuns: cases(1000) },
		);
	}
	const full = listOf(text, fc.uniqueArray(tag, { maxLength: 3 }));
	const simple = listOf(lineTitle, fc.uniqueArray(tag, { maxLength: 3 }));

	it('as a list', () => isReadAsItself(full, (value) => ({ value })));
	it('as JSON', () => isReadAsItself(full, (list) => ({ value: JSON.stringify(list) })));
	it('as indented JSON', () => isReadAsItself(full, (clips) => ({ value: JSON.stringify({ clips }, null, '\t') })));
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
			value: list.map(({ title, tags, start, end }) => `${start}${to}${end} ${[title, ...tags].join(' #')}`).join('\n'),
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
