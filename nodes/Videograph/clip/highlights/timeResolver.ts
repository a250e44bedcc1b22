import { DateTime } from 'luxon';
import { InvalidValueError } from '../../parameters/invalidValueError';
import { formatValue } from '../../utils/values';
import { parseDuration } from '../../parameters/duration';
import { parseDateTime } from '../../parameters/dateTime';

export interface TimeResolverOptions {
	/** IANA name of the workflow's zone */
	zone: string;
	/** What a bare 20:31:05 is: a time of day, or an offset from the start of the stream */
	timeFormat: 'clock' | 'offset';
	/** The day in `zone` on which times of day lie, such as 2026-11-23 */
	date: string;
	/** From which offsets count, in epoch milliseconds */
	streamStartMs?: number;
}

const HALF_DAY_MS = 12 * 60 * 60 * 1000;
const TIME_OF_DAY = /^(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|24:00(?::00)?)$/;

const ADVICE = {
	clock:
		'Give a time of day such as 20:31:05, a date with a time such as 2026-11-23T20:31:05, ' +
		'or Unix time in seconds or milliseconds.',
	offset:
		'Give the time since the start of the stream, such as 1:02:30 or 12m30s, ' +
		'a date with a time such as 2026-11-23T20:31:05, or Unix time in seconds or milliseconds.',
};

/**
 * Reads the times of a list, one after the other, as epoch milliseconds.
 *
 * Times of day may cross midnight: one that is more than 12 hours earlier than the time of day before it in the list
 * is on the next day, as are those after it; an end before its start is on the day after the start.
 */
export class TimeResolver {
	/** The day on which the list has arrived */
	private date: string;
	/** The time of day before, in epoch milliseconds */
	private previousMs = 0;

	constructor(private readonly options: TimeResolverOptions) {
		if (options.timeFormat === 'clock') parseDate(options.date);
		this.date = options.date;
	}

	start(value: unknown): number {
		const clock = this.timeOfDay(value);
		if (clock === undefined) return this.time(value);
		let ms = this.onDate(this.date, clock);
		if (ms < this.previousMs - HALF_DAY_MS) {
			this.date = dayAfter(this.date);
			ms = this.onDate(this.date, clock);
		}
		this.previousMs = ms;
		return ms;
	}

	end(value: unknown, startMs: number): number {
		const clock = this.timeOfDay(value);
		if (clock === undefined) return this.time(value);
		const date = DateTime.fromMillis(startMs, { zone: this.options.zone }).toFormat('yyyy-MM-dd');
		const ms = this.onDate(date, clock);
		return ms < startMs ? this.onDate(dayAfter(date), clock) : ms;
	}

	/** The time of day that a value is, with two digits for the hour, or undefined where it is anything else. */
	private timeOfDay(value: unknown): string | undefined {
		if (this.options.timeFormat !== 'clock' || !isTimeOfDay(value)) return undefined;
		return value.trim().replace(/^\d:/, '0$&');
	}

	private onDate(date: string, clock: string): number {
		return parseDateTime(`${date}T${clock}`, this.options.zone);
	}

	/** A time that says itself when it is, or an offset. */
	private time(value: unknown): number {
		const { zone, timeFormat, streamStartMs } = this.options;
		const ms = valueOrUndefined(() => parseDateTime(value, zone));
		if (ms !== undefined) return ms;
		const offsetMs = timeFormat === 'offset' ? valueOrUndefined(() => parseDuration(value)) : undefined;
		if (offsetMs === undefined) throw new InvalidValueError(`${formatValue(value)} is not a time`, ADVICE[timeFormat]);
		if (streamStartMs !== undefined) return streamStartMs + offsetMs;
		throw new InvalidValueError(
			`${formatValue(value)} counts from the start of the stream, which is not known`,
			'Choose a stream that has started, or give dates with times.',
		);
	}
}

/** Whether a value is a bare time of day, which lies on a day that it does not say, such as 20:31:05. */
export function isTimeOfDay(value: unknown): value is string {
	return typeof value === 'string' && TIME_OF_DAY.test(value.trim());
}

/** What is read, or undefined where it is refused. */
function valueOrUndefined<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** Reads a day, such as 2026-11-23. */
export function parseDate(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid) return text;
	throw new InvalidValueError(`${formatValue(value)} is not a date`, 'Give a day such as 2026-11-23.');
}

function dayAfter(date: string): string {
	return DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
}
