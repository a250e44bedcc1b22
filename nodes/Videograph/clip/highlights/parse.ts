import { InvalidValueError } from '../../parameters/invalidValueError';
import { formatValue, isObject } from '../../utils/values';
import { parseCsv, separatorOf } from './csv';
import { isEdlLine, parseEdl } from './edl';
import { type Draft, type Line, lineError, type RawHighlight } from './highlight';
import { normalizeName, parseRecord } from './record';
import { isIgnoredLine, isTimeLine, parseTextLine, splitLines } from './textLines';

const MAX_HIGHLIGHTS = 1000;
/** 1 MiB, in UTF-16 code units. */
const MAX_TEXT_LENGTH = 1024 * 1024;

/** Keys under which an object may contain a list of highlights. */
const LIST_NAMES = ['highlights', 'clips', 'moments', 'chapters', 'events'];

const ADVICE =
	'Enter one highlight per line, such as 20:31:05 Goal by Ada, or CSV with a header line, a JSON list, or an EDL.';
const JSON_ADVICE =
	'Enter a list of objects, such as [{ "time": "20:31:05", "title": "Goal by Ada" }], or one such object per line.';

/**
 * Parses highlights from a list, or from text: JSON, JSON lines, CSV with a header line, an EDL, or lines that start
 * with a time. Empty lines and comments (`#`, `//`) are skipped. Times are not parsed yet.
 *
 * @returns at most 1000 highlights; none for an empty list or a table without rows
 * @throws {InvalidValueError} for an empty text, a highlight without a title, and input that cannot be parsed
 */
export function parseHighlights(value: unknown): RawHighlight[] {
	const drafts = typeof value === 'string' ? parseText(value) : parseValue(value ?? refuse('must not be empty'));
	if (drafts.length > MAX_HIGHLIGHTS) {
		refuse(`contains ${drafts.length} highlights`, `Enter at most ${MAX_HIGHLIGHTS} highlights.`);
	}
	return drafts.map(({ source, ...draft }) => ({
		...draft,
		title: draft.title || refuseUntitled(draft.line, source),
	}));
}

function refuseUntitled(line: number, source: unknown): never {
	throw lineError(line, `${formatValue(source)} has no title`, 'Enter a title for every highlight.');
}

function parseText(input: string): Draft[] {
	if (input.length > MAX_TEXT_LENGTH) {
		refuse(`is ${input.length} characters long`, `Enter at most ${MAX_TEXT_LENGTH} characters.`);
	}
	const text = input.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	const lines = splitLines(text);
	const firstLine = lines[0] ?? refuse('must not be empty');

	if (isTimeLine(firstLine)) return lines.map(parseTextLine);
	if (/^[[{]/.test(firstLine.text)) return parseJsonText(text, lines);
	if (isEdlLine(firstLine)) return parseEdl(lines);
	const separator = separatorOf(firstLine.text);
	return separator === undefined ? lines.map(parseTextLine) : parseCsv(text, separator);
}

function parseJsonText(text: string, lines: Line[]): Draft[] {
	// Comments become empty lines, so that the line numbers in the errors of JSON.parse are correct.
	const json = tryParseJson(
		text
			.split('\n')
			.map((line) => (isIgnoredLine(line) ? '' : line))
			.join('\n'),
	);
	if (json.problem === undefined) return parseValue(json.value);
	if (lines[0]?.text.startsWith('['))
		refuse(`starts like a JSON list but is not valid JSON: ${json.problem}`, JSON_ADVICE);
	return lines.map(parseJsonLine);
}

function parseJsonLine({ number, text }: Line): Draft {
	const { value } = tryParseJson(text);
	if (!isObject(value)) throw lineError(number, `${formatValue(text)} is not a JSON object`, JSON_ADVICE);
	return parseEntry(value, number);
}

function tryParseJson(text: string): { value?: unknown; problem?: string } {
	try {
		return { value: JSON.parse(text) };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : 'it cannot be parsed' };
	}
}

function parseValue(value: unknown): Draft[] {
	const list = isObject(value) ? listIn(value) : value;
	if (!Array.isArray(list)) refuse(`${formatValue(value)} contains no highlights`);
	return list.map((entry, index) => parseEntry(entry, index + 1));
}

/** The list of highlights under a key of an object; an object without such a key is itself a highlight. */
function listIn(object: Record<string, unknown>): unknown[] {
	const lists = Object.entries(object).filter(
		([name, value]) => LIST_NAMES.includes(normalizeName(name)) && typeof value === 'object' && value !== null,
	);
	if (lists.length > 1) {
		const names = lists.map(([name]) => formatValue(name));
		refuse(`contains highlights under ${names.join(' and ')}`, 'Enter one list.');
	}
	return lists.length === 0 ? [object] : lists.flatMap(([, value]) => value);
}

function parseEntry(entry: unknown, number: number): Draft {
	if (typeof entry === 'string') return parseTextLine({ number, text: entry.trim() });
	if (!isObject(entry)) throw lineError(number, `${formatValue(entry)} is not a highlight`, JSON_ADVICE);
	// n8n items, such as those of $input.all(), have their fields under json.
	return parseRecord(Object.entries(isObject(entry.json) ? entry.json : entry), number);
}

function refuse(message: string, advice = ADVICE): never {
	throw new InvalidValueError(message, advice);
}
