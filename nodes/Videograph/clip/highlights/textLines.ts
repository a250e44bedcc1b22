import { formatValue } from '../../utils/values';
import { lineError, type Draft, type Line } from './highlight';

const ADVICE =
	'Begin every line with a time and then the title, such as 20:31:05 Goal by Ada, ' +
	'20:31:05 - 20:31:40 Goal by Ada, or 2026-11-23T20:31:05 Goal by Ada. ' +
	'Or give CSV with a header line that names a time column, such as time,title or start,end,title, or a JSON list.';

const ZONE = 'Z| ?[+-](?:0\\d|1[0-4]):?[0-5]\\d';
const DATE_TIME = `\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:${ZONE})?`;
const CLOCK = '\\d{1,3}:\\d{2}(?::\\d{2})?(?:\\.\\d+)?';
/** Unix time: 13 digits are milliseconds, 10 are seconds. */
const EPOCH = '\\d{13}|\\d{10}(?:\\.\\d+)?';
const LENGTH = '\\d+h(?:\\d+m)?(?:\\d+s)?|\\d+m(?:\\d+s)?|\\d+s';
const TIME = [DATE_TIME, CLOCK, EPOCH, LENGTH].join('|');
/** With spaces on both sides or on none: in "2026-11-23 20:31:05 -05:00" the minus belongs to the zone. */
const TO = '\\s+(?:-->|[-–—]|to)\\s+|-->|[-–—]';

const LINE = new RegExp(
	`^(?:[-*•]\\s+)?(?<open>\\[)?(?<start>${TIME})(?:(?:${TO})(?<end>${TIME}))?(?<close>\\])?` +
		'(?<rest>(?:\\s*[-–—:|])?(?:\\s+(?<title>.*))?)$',
	'is',
);
/** The end of a range that is no time. It must not become a part of the title. */
const BROKEN_END = /^\s*(?:-->|[-–—]|to\s)\s*\d+:\d\d/i;

/** Reads a line that is a time or a range, and then the title with hashtags at its end. */
export function parseTextLine({ number, text }: Line): Draft {
	const { open, start, end, close, rest = '', title = '' } = LINE.exec(text)?.groups ?? {};
	if (start === undefined || (open === undefined) !== (close === undefined)) {
		throw lineError(number, `${formatValue(text)} does not begin with a time`, ADVICE);
	}
	if (end === undefined && BROKEN_END.test(rest)) {
		throw lineError(number, `${formatValue(text)} has an end that is not a time`, ADVICE);
	}
	const times = end === undefined ? { moment: start } : { start, end };
	return { line: number, ...splitHashtags(title), ...times, source: text };
}

/** Whether a line is a time, or a range, with a title. */
export function isTimeLine(line: Line): boolean {
	return LINE.test(line.text);
}

/** Takes the hashtags off the end of a title. A hashtag holds a letter: "Shot by #9" has none. */
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
