import { DateTime } from 'luxon';
import { InvalidValueError } from './invalidValueError';
import { formatValue } from '../utils/values';

const ADVICE =
	'Give a date with a time, such as 2026-11-23T20:31:05 (read in the time zone of the workflow) or 2026-11-23T20:31:05+01:00, or Unix time in seconds or milliseconds.';

/** Unix time between the years 2001 and 2286: as seconds it has 10 digits before the point, as milliseconds 13. */
const SECONDS = { min: 1e9, max: 1e10 };
const MILLISECONDS = { min: 1e12, max: 1e13 };

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** A calendar date with a time of day. A date alone would mean midnight, which for a clip is surely a mistake. */
const DATE_AND_TIME = /^\d{4}-?\d{2}-?\d{2}[T ]\d/;
/** No time is longer; the patterns below are not made for long texts. */
const MAX_LENGTH = 100;
/** An offset at the end, and the name of its zone where there is one too. */
const OFFSET = /(?:z|[+-]\d{2}(?::?\d{2})?)(\[.*\])?$/i;

/**
 * Reads a moment in any form that n8n's fields and expressions give: a date-time text with or without zone, a Luxon
 * DateTime, a Date, or Unix time in seconds or milliseconds (a number or digits).
 *
 * @param zone IANA name of the zone in which a text without zone is read. A time that a change of clocks skips is read
 * as one that goes on past it (02:30 becomes 03:30); of a time that comes twice, the first is taken.
 * @returns epoch milliseconds, between the years 2001 and 2286
 * @throws {InvalidValueError} for anything else
 */
export function parseDateTime(value: unknown, zone: string): number {
	if (DateTime.isDateTime(value)) return assertSupported(value.toMillis(), value);
	if (value instanceof Date) return assertSupported(value.getTime(), value);
	if (typeof value === 'number') return fromEpoch(value, value);
	if (typeof value === 'string') return fromText(value.trim(), zone);
	throw notADateTime(value);
}

function fromText(text: string, zone: string): number {
	if (text === '') throw new InvalidValueError('it is empty', ADVICE);
	if (text.length > MAX_LENGTH) throw notADateTime(text);
	if (NUMBER.test(text)) return fromEpoch(Number(text), text);
	const offset = OFFSET.exec(text);
	// Where both are there, Luxon would go by the name of the zone, which may mean two moments.
	const unnamed = offset?.[1] ? text.slice(0, -offset[1].length) : text;
	const parsed = DATE_AND_TIME.test(unnamed) ? fromIso(unnamed, zone) : fromRfcDate(unnamed);
	// Without an offset Luxon would choose between two possible moments by today's season.
	const moments = offset ? [parsed] : parsed.getPossibleOffsets();
	return assertSupported(Math.min(...moments.map((moment) => moment.toMillis())), text);
}

function fromIso(text: string, zone: string): DateTime {
	const iso = DateTime.fromISO(text.replace(' ', 'T'), { zone, setZone: true });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone, setZone: true });
}

/** Dates as mails, feeds and HTTP headers write them, which always name their zone: "Mon, 23 Nov 2026 20:31:05 +0100". */
function fromRfcDate(text: string): DateTime {
	const mail = DateTime.fromRFC2822(text, { setZone: true });
	return mail.isValid ? mail : DateTime.fromHTTP(text, { setZone: true });
}

function fromEpoch(number: number, original: unknown): number {
	const isSeconds = number >= SECONDS.min && number < SECONDS.max;
	return assertSupported(isSeconds ? number * 1000 : number, original);
}

function assertSupported(epochMilliseconds: number, original: unknown): number {
	if (epochMilliseconds >= MILLISECONDS.min && epochMilliseconds < MILLISECONDS.max) return epochMilliseconds;
	throw notADateTime(original);
}

function notADateTime(value: unknown): InvalidValueError {
	return new InvalidValueError(`${formatValue(value)} is not a date and time`, ADVICE);
}
