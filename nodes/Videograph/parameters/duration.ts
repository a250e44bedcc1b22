import { Duration } from 'luxon';
import { formatValue } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

const ADVICE = 'Enter a duration such as 30s, 2m, 1h5m, 01:30 (minutes and seconds), or a number of seconds.';

const SECONDS = /^\d+(\.\d+)?$/;
const HOURS = '(?:(?<hours>\\d+(?:\\.\\d+)?)\\s*h(?:ours?|rs?)?)?';
const MINUTES = '(?:(?<minutes>\\d+(?:\\.\\d+)?)\\s*m(?:in(?:ute)?s?)?)?';
const UNITS = new RegExp(`^${HOURS}\\s*${MINUTES}\\s*(?:(?<seconds>\\d+(?:\\.\\d+)?)\\s*s(?:ec(?:ond)?s?)?)?$`, 'i');
const CLOCK = /^(?:(?<hours>\d{1,3}):)?(?<minutes>\d{1,3}):(?<seconds>[0-5]\d(?:\.\d+)?)$/;
/** No duration is longer, and the patterns are slow for long text. */
const MAX_LENGTH = 100;
const ISO = /^P(?:\d|T\d)/i;

/**
 * Parses a duration: a number of seconds, text such as "90", "30s", "2m", "1h5m", "01:30", "00:01:30" or ISO 8601
 * "PT1M30S", or a Luxon Duration.
 *
 * @returns whole milliseconds, 0 or more
 * @throws {InvalidValueError} for any other value
 */
export function parseDuration(value: unknown): number {
	if (Duration.isDuration(value)) return toWholeMilliseconds(value.toMillis(), value);
	if (typeof value === 'number') return toWholeMilliseconds(value * 1000, value);
	if (typeof value !== 'string') throw invalidDuration(value);

	const text = value.trim();
	if (text === '') throw new InvalidValueError('must not be empty', ADVICE);
	if (text.length > MAX_LENGTH) throw invalidDuration(text);
	if (SECONDS.test(text)) return toWholeMilliseconds(Number(text) * 1000, text);
	if (ISO.test(text)) return toWholeMilliseconds(Duration.fromISO(text.toUpperCase()).toMillis(), text);

	const { groups } = CLOCK.exec(text) ?? UNITS.exec(text) ?? {};
	if (!groups) throw invalidDuration(text);
	const { hours = 0, minutes = 0, seconds = 0 } = groups;
	return toWholeMilliseconds(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000, text);
}

function toWholeMilliseconds(milliseconds: number, input: unknown): number {
	const rounded = Math.round(milliseconds);
	if (!Number.isSafeInteger(rounded) || rounded < 0) throw invalidDuration(input);
	return rounded;
}

function invalidDuration(value: unknown): InvalidValueError {
	return new InvalidValueError(`${formatValue(value)} is not a valid duration`, ADVICE);
}
