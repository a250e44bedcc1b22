import { InvalidValueError } from '../../parameters/invalidValueError';
import { isObject, formatValue } from '../../utils/values';
import { isEdlLine, parseEdl } from './edl';
import { lineError, type Draft, type Line, type RawHighlight } from './highlight';
import { isTimeLine, parseTextLine } from './textLines';
import { plainName, parseRecord } from './record';
import { parseCsv, separatorOf } from './csv';
import { isSkipped, linesOf } from './text';

const MAX_HIGHLIGHTS = 1000;
/** 1 MiB, in UTF-16 code units. */
const MAX_TEXT = 1024 * 1024;

/** Where an object may have its highlights, instead of being one itself. */
const LIST_NAMES = ['highlights', 'clips', 'moments', 'chapters', 'events'];

const ADVICE =
	'Give a line for each highlight, such as 20:31:05 Goal by Ada, or CSV with a header line, a JSON list, or an EDL.';
const JSON_ADVICE =
	'Give a list of objects, such as [{ "time": "20:31:05", "title": "Goal by Ada" }], or one such object a line.';

/**
 * Reads highlights from a list, or from a text: JSON, an object a line, CSV with a header line, an EDL, or lines that
 * begin with a time. Empty lines and comments (`#`, `//`) in a text are skipped. Times are not read yet.
 *
 * @returns none for an empty list or a table without rows, at most 1000
 * @throws {InvalidValueError} for an empty text, and for anything that has no title or cannot be read, with its line
 */
export function parseHighlights(value: unknown): RawHighlight[] {
	const drafts = typeof value === 'string' ? fromText(value) : fromValue(value ?? fail('it is empty'));
	if (drafts.length > MAX_HIGHLIGHTS) {
		fail(`it holds ${drafts.length} highlights`, `Give at most ${MAX_HIGHLIGHTS} at a time.`);
	}
	return drafts.map(({ source, ...draft }) => ({
		...draft,
		title: draft.title || refuseUntitled(draft.line, source),
	}));
}

function refuseUntitled(line: number, source: unknown): never {
	throw lineError(line, `${formatValue(source)} has no title`, 'Give every highlight a title.');
}

function fromText(original: string): Draft[] {
	if (original.length > MAX_TEXT) {
		fail(`it is ${original.length} characters long`, `Give at most ${MAX_TEXT} characters at a time.`);
	}
	const text = original.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	const lines = linesOf(text);
	const first = lines[0] ?? fail('it is empty');

	if (isTimeLine(first)) return lines.map(parseTextLine);
	if (/^[[{]/.test(first.text)) return fromJson(text, lines);
	if (isEdlLine(first)) return parseEdl(lines);
	const separator = separatorOf(first.text);
	return separator === undefined ? lines.map(parseTextLine) : parseCsv(text, separator);
}

function fromJson(text: string, lines: Line[]): Draft[] {
	// Comments leave empty lines, so that a line in the message of the JSON parser is that of the text.
	const json = parseJson(text.split('\n').map((line) => (isSkipped(line) ? '' : line)).join('\n'));
	if (json.problem === undefined) return fromValue(json.value);
	if (lines[0]?.text.startsWith('[')) fail(`it begins as a JSON list but is none: ${json.problem}`, JSON_ADVICE);
	return lines.map(fromJsonLine);
}

function fromJsonLine({ number, text }: Line): Draft {
	const { value } = parseJson(text);
	if (!isObject(value)) throw lineError(number, `${formatValue(text)} is not a JSON object`, JSON_ADVICE);
	return fromEntry(value, number);
}

function parseJson(text: string): { value?: unknown; problem?: string } {
	try {
		return { value: JSON.parse(text) };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : 'it cannot be read' };
	}
}

function fromValue(value: unknown): Draft[] {
	const list = isObject(value) ? listIn(value) : value;
	if (!Array.isArray(list)) fail(`${formatValue(value)} holds no highlights`);
	return list.map((entry, index) => fromEntry(entry, index + 1));
}

/** The highlights of an object that has them under a key; any other object is a highlight itself. */
function listIn(object: Record<string, unknown>): unknown[] {
	const lists = Object.entries(object).filter(
		([name, value]) => LIST_NAMES.includes(plainName(name)) && typeof value === 'object' && value !== null,
	);
	if (lists.length > 1) {
		fail(`it has highlights under ${lists.map(([name]) => formatValue(name)).join(' and ')}`, 'Give one list.');
	}
	return lists.length === 0 ? [object] : lists.flatMap(([, value]) => value);
}

function fromEntry(entry: unknown, number: number): Draft {
	if (typeof entry === 'string') return parseTextLine({ number, text: entry.trim() });
	if (!isObject(entry)) throw lineError(number, `${formatValue(entry)} is not a highlight`, JSON_ADVICE);
	// An item of n8n, as $input.all() gives them, has its fields under json.
	return parseRecord(Object.entries(isObject(entry.json) ? entry.json : entry), number);
}

function fail(message: string, advice = ADVICE): never {
	throw new InvalidValueError(message, advice);
}
