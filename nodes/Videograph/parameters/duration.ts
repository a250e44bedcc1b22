import { Duration } from 'luxon';
import { InvalidValueError } from './invalidValueError';
import { formatValue } from '../utils/values';

const ADVICE = 'Give a length such as 30s, 2m, 1h5m, 01:30 (minutes and seconds), or a number of seconds.';

const SECONDS = /^\d+(\.\d+)?$/;
const UNITS =
	/^(?:(?<hours>\d+(?:\.\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(?<minutes>\d+(?:\.\d+)?)\s*m(?:in(?:ute)?s?)?)?\s*(?:(?<seconds>\d+(?:\.\d+)?)\s*s(?:ec(?:ond)?s?)?)?$/i;
const CLOCK = /^(?:(?<hours>\d{1,3}):)?(?<minutes>\d{1,3}):(?<seconds>[0-5]\d(?:\.\d+)?)$/;
/** No length is written longer; the patterns are not made for long texts. */
const MAX_LENGTH = 100;
const ISO = /^P(?:\d|T\d)/i;

/**
 * Reads a length of time: a number of seconds, or a text such as "90", "30s", "2m", "1h5m", "01:30", "00:01:30" or
 * ISO 8601 "PT1M30S", or a Luxon Duration.
 *
 * @returns milliseconds, 0 or more, whole
 * @throws {InvalidValueError} for anything else
 */
export function parseDuration(value: unknown): number {
	if (Duration.isDuration(value)) return whole(value.toMillis(), value);
	if (typeof value === 'number') return whole(value * 1000, value);
	if (typeof value !== 'string') throw notADuration(value);

	const text = value.trim();
	if (text === '') throw new InvalidValueError('it is empty', ADVICE);
	if (text.length > MAX_LENGTH) throw notADuration(text);
	if (SECONDS.test(text)) return whole(Number(text) * 1000, text);
	if (ISO.test(text)) return whole(Duration.fromISO(text.toUpperCase()).toMillis(), text);

	const { hours = 0, minutes = 0, seconds = 0 } = (CLOCK.exec(text) ?? UNITS.exec(text))?.groups ?? fail(text);
	return whole(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000, text);
}

function whole(milliseconds: number, original: unknown): number {
	const rounded = Math.round(milliseconds);
	if (!Number.isSafeInteger(rounded) || rounded < 0) throw notADuration(original);
	return rounded;
}

function fail(text: string): never {
	throw notADuration(text);
}

function notADuration(value: unknown): InvalidValueError {
	return new InvalidValueError(`${formatValue(value)} is not a length of time`, ADVICE);
}
