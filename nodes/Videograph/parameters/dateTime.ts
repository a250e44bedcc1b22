import { DateTime } from 'luxon';
import { formatValue } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

const ADVICE =
	'Enter a date and time such as 2026-11-23T20:31:05 (in the workflow time zone) or 2026-11-23T20:31:05+01:00, ' +
	'or a Unix timestamp in seconds or milliseconds.';

/** Unix time from 2001 to 2286: 10 integer digits in seconds, 13 in milliseconds. */
const SECONDS = { min: 1e9, max: 1e10 };
const MILLISECONDS = { min: 1e12, max: 1e13 };

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** A calendar date with a time of day. A date alone would mean midnight, which is a mistake in almost every clip. */
const DATE_AND_TIME = /^\d{4}-?\d{2}-?\d{2}[T ]\d/;
/** No date and time is longer, and the patterns are slow for long text. */
const MAX_LENGTH = 100;
/** A UTC offset at the end, optionally followed by the name of the zone. */
const OFFSET = /(?:z|[+-]\d{2}(?::?\d{2})?)(\[.*\])?$/i;

/**
 * Parses a date and time in every form that n8n's fields and expressions return: text with or without a zone, a Luxon
 * DateTime, a Date, or Unix time in seconds or milliseconds (a number or digits).
 *
 * @param zone the IANA name of the zone for text without a zone. When daylight saving time starts, a skipped time moves
 * forward (02:30 becomes 03:30); when it ends, the first of two possible times is used.
 * @returns epoch milliseconds, from 2001 to 2286
 * @throws {InvalidValueError} for any other value
 */
export function parseDateTime(value: unknown, zone: string): number {
	if (DateTime.isDateTime(value)) return assertSupported(value.toMillis(), value);
	if (value instanceof Date) return assertSupported(value.getTime(), value);
	if (typeof value === 'number') return fromEpoch(value, value);
	if (typeof value === 'string') return parseText(value.trim(), zone);
	throw invalidDateTime(value);
}

function parseText(text: string, zone: string): number {
	if (text === '') throw new InvalidValueError('must not be empty', ADVICE);
	if (text.length > MAX_LENGTH) throw invalidDateTime(text);
	if (NUMBER.test(text)) return fromEpoch(Number(text), text);
	const offset = OFFSET.exec(text);
	// If both are present, Luxon uses the name of the zone, which is ambiguous when daylight saving time ends.
	const withoutZoneName = offset?.[1] ? text.slice(0, -offset[1].length) : text;
	const parsed = DATE_AND_TIME.test(withoutZoneName) ? fromIso(withoutZoneName, zone) : fromRfcDate(withoutZoneName);
	// Without an offset, Luxon chooses one of two possible times by the current season.
	const candidates = offset ? [parsed] : parsed.getPossibleOffsets();
	return assertSupported(Math.min(...candidates.map((candidate) => candidate.toMillis())), text);
}

function fromIso(text: string, zone: string): DateTime {
	const iso = DateTime.fromISO(text.replace(' ', 'T'), { zone, setZone: true });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone, setZone: true });
}

/**
 * Parses the date formats of emails, feeds and HTTP headers, which include the zone: "Mon, 23 Nov 2026 20:31:05 +0100".
 */
function fromRfcDate(text: string): DateTime {
	const emailDate = DateTime.fromRFC2822(text, { setZone: true });
	return emailDate.isValid ? emailDate : DateTime.fromHTTP(text, { setZone: true });
}

function fromEpoch(epoch: number, input: unknown): number {
	const isSeconds = epoch >= SECONDS.min && epoch < SECONDS.max;
	return assertSupported(isSeconds ? epoch * 1000 : epoch, input);
}

function assertSupported(epochMilliseconds: number, input: unknown): number {
	if (epochMilliseconds >= MILLISECONDS.min && epochMilliseconds < MILLISECONDS.max) return epochMilliseconds;
	throw invalidDateTime(input);
}

function invalidDateTime(value: unknown): InvalidValueError {
	return new InvalidValueError(`${formatValue(value)} is not a valid date and time`, ADVICE);
}
