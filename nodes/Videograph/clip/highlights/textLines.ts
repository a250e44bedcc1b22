import { formatValue } from '../../utils/values';
import { type Draft, type Line, lineError } from './highlight';

const ADVICE =
	'Start every line with a time, followed by the title, such as 20:31:05 Goal by Ada, ' +
	'20:31:05 - 20:31:40 Goal by Ada, or 2026-11-23T20:31:05 Goal by Ada. ' +
	'Or enter CSV with a header line that includes a time column, such as time,title or start,end,title, or a JSON list.';

const ZONE = 'Z| ?[+-](?:0\\d|1[0-4]):?[0-5]\\d';
const DATE_TIME = `\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:${ZONE})?`;
const CLOCK = '\\d{1,3}:\\d{2}(?::\\d{2})?(?:\\.\\d+)?';
/** Unix time: 13 digits are milliseconds, 10 are seconds. */
const EPOCH = '\\d{13}|\\d{10}(?:\\.\\d+)?';
const DURATION = '\\d+h(?:\\d+m)?(?:\\d+s)?|\\d+m(?:\\d+s)?|\\d+s';
const TIME = [DATE_TIME, CLOCK, EPOCH, DURATION].join('|');
/** With spaces on both sides or on neither: in "2026-11-23 20:31:05 -05:00" the minus belongs to the zone. */
const TO = '\\s+(?:-->|[-–—]|to)\\s+|-->|[-–—]';

const LINE = new RegExp(
	`^(?:[-*•]\\s+)?(?<open>\\[)?(?<start>${TIME})(?:(?:${TO})(?<end>${TIME}))?(?<close>\\])?` +
		'(?<rest>(?:\\s*[-–—:|])?(?:\\s+(?<title>.*))?)$',
	'is',
);
/** An invalid end of a range, which must not become a part of the title. */
const INVALID_END = /^\s*(?:-->|[-–—]|to\s)\s*\d+:\d\d/i;

/** Whether a line is empty or a comment. */
export function isIgnoredLine(line: string): boolean {
	return /^\s*(#|\/\/|$)/.test(line);
}

/**
 * Splits a text into its lines, without empty lines and comments.
 *
 * @param text with line breaks as \n
 */
export function splitLines(text: string): Line[] {
	return text
		.split('\n')
		.map((line, index) => ({ number: index + 1, text: line.trim() }))
		.filter((line) => !isIgnoredLine(line.text));
}

/** Parses a line that consists of a time or a range, a title, and hashtags. */
export function parseTextLine({ number, text }: Line): Draft {
	const { open, start, end, close, rest = '', title = '' } = LINE.exec(text)?.groups ?? {};
	if (start === undefined || (open === undefined) !== (close === undefined)) {
		throw lineError(number, `${formatValue(text)} does not start with a time`, ADVICE);
	}
	if (end === undefined && INVALID_END.test(rest)) {
		throw lineError(number, `${formatValue(text)} has an invalid end time`, ADVICE);
	}
	const times = end === undefined ? { moment: start } : { start, end };
	return { line: number, ...splitHashtags(title), ...times, source: text };
}

/** Whether a line consists of a time or a range, and a title. */
export function isTimeLine(line: Line): boolean {
	return LINE.test(line.text);
}

/** Removes the hashtags from the end of a title. A hashtag contains a letter: "Shot by #9" has none. */
function splitHashtags(text: string): { title?: string; tags: string[] } {
	const words = text.trim().split(/(\s+)/);
	const tags: string[] = [];
	while (isHashtag(words.at(-1))) {
		tags.push(words.pop()?.slice(1) ?? '');
		words.pop();
	}
	return { title: words.join('') || undefined, tags: [...new Set(tags.reverse())] };
}

function isHashtag(word = ''): boolean {
	return /^#[\p{L}\p{M}\p{N}_-]+$/u.test(word) && /\p{L}/u.test(word);
}
