import { DateTime } from 'luxon';
import { parseDateTime } from '../../parameters/dateTime';
import { parseDuration } from '../../parameters/duration';
import { InvalidValueError, withLabel } from '../../parameters/invalidValueError';
import { formatValue } from '../../utils/values';
import type { RawHighlight, ResolvedHighlight } from './highlight';
import { mergeClose } from './merge';

export interface TimeOptions {
	/** The IANA name of the workflow's time zone. */
	zone: string;
	/** Whether a time such as 20:31:05 is a time of day or an offset from the start of the stream. */
	timeFormat: 'clock' | 'offset';
	/** The date of the first time of day, in `zone`, such as 2026-11-23. */
	date: string;
	/** The start of the stream, in epoch milliseconds. Offsets count from it. */
	streamStartMs?: number;
}

export interface ResolveOptions extends TimeOptions {
	/** The default time before and after a moment, in milliseconds. */
	beforeMs: number;
	afterMs: number;
	/** Highlights with at most this gap between them are merged, in milliseconds; undefined: no merging. */
	mergeGapMs: number | undefined;
}

const HALF_DAY_MS = 12 * 60 * 60 * 1000;
/** The tolerated difference between an end and the start plus the duration: durations are often whole seconds. */
const TOLERANCE_MS = 1000;
const TIME_OF_DAY = /^(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|24:00(?::00)?)$/;

const NO_TIME_ADVICE = 'Enter a time, or a start with an end or a duration.';
const RANGE_ADVICE = 'Enter a time with before and after, or a start with an end or a duration.';
const TIME_ADVICE = {
	clock:
		'Enter a time of day such as 20:31:05, a date and time such as 2026-11-23T20:31:05, ' +
		'or a Unix timestamp in seconds or milliseconds.',
	offset:
		'Enter the time since the start of the stream, such as 1:02:30 or 12m30s, ' +
		'a date and time such as 2026-11-23T20:31:05, or a Unix timestamp in seconds or milliseconds.',
};

/**
 * Resolves the times of highlights. A time alone is a moment, and the clip contains some time before and after it; a
 * time with an end or a duration is the start of a range.
 *
 * @returns in the order of the input; a merged highlight takes the place of its first line
 * @throws {InvalidValueError} for a value that cannot be parsed, with its line
 */
export function resolveHighlights(highlights: RawHighlight[], options: ResolveOptions): ResolvedHighlight[] {
	const times = new TimeResolver(options);
	const resolvedHighlights = highlights.map((highlight) =>
		withLabel(`line ${highlight.line}`, () => resolveHighlight(highlight, times, options)),
	);
	return options.mergeGapMs === undefined ? resolvedHighlights : mergeClose(resolvedHighlights, options.mergeGapMs);
}

function resolveHighlight(highlight: RawHighlight, times: TimeResolver, options: ResolveOptions): ResolvedHighlight {
	const { line, title, description, tags, start, moment } = highlight;
	const time = start ?? moment;
	if (time === undefined) throw new InvalidValueError(`${formatValue(title)} has no time`, NO_TIME_ADVICE);
	if (start !== undefined && moment !== undefined) throw conflictError({ start, moment });

	const timeMs = times.resolveStart(time);
	const isRange = highlight.end !== undefined || highlight.duration !== undefined;
	const [startMs, endMs] = isRange ? rangeFrom(timeMs, highlight, times) : rangeAround(timeMs, highlight, options);
	if (startMs < endMs) return { lines: [line], title, description, tags, startMs, endMs };
	const end = isRange ? `to ${formatValue(highlight.end ?? highlight.duration)}` : 'with no time before and after it';
	throw new InvalidValueError(`${formatValue(time)} ${end} is an empty time range`, RANGE_ADVICE);
}

function rangeAround(momentMs: number, { before, after }: RawHighlight, options: ResolveOptions): [number, number] {
	const beforeMs = before === undefined ? options.beforeMs : parseDuration(before);
	const afterMs = after === undefined ? options.afterMs : parseDuration(after);
	return [momentMs - beforeMs, momentMs + afterMs];
}

function rangeFrom(startMs: number, highlight: RawHighlight, times: TimeResolver): [number, number] {
	const { end, duration, before, after } = highlight;
	if (before !== undefined || after !== undefined) throw conflictError({ end, duration, before, after });

	if (end === undefined) return [startMs, startMs + parseDuration(duration)];
	const endMs = times.resolveEnd(end, startMs);
	const differenceMs = duration === undefined ? 0 : Math.abs(startMs + parseDuration(duration) - endMs);
	if (differenceMs > TOLERANCE_MS) throw conflictError({ end, duration });
	return [startMs, endMs];
}

function conflictError(values: Record<string, unknown>): InvalidValueError {
	return new InvalidValueError(`${formatValue(values)} cannot be combined`, RANGE_ADVICE);
}

/**
 * Resolves the times of a list, in order, to epoch milliseconds.
 *
 * A list of times of day may continue past midnight: a time of day more than 12 hours earlier than the previous one is
 * on the next day, and so are the times after it. An end before its start is on the day after the start.
 */
class TimeResolver {
	private date: string;
	private previousMs = 0;

	constructor(private readonly options: TimeOptions) {
		if (options.timeFormat === 'clock') parseDate(options.date);
		this.date = options.date;
	}

	resolveStart(value: unknown): number {
		const clock = this.timeOfDay(value);
		if (clock === undefined) return this.resolveTime(value);
		let timeMs = this.onDate(this.date, clock);
		if (timeMs < this.previousMs - HALF_DAY_MS) {
			this.date = dayAfter(this.date);
			timeMs = this.onDate(this.date, clock);
		}
		this.previousMs = timeMs;
		return timeMs;
	}

	resolveEnd(value: unknown, startMs: number): number {
		const clock = this.timeOfDay(value);
		if (clock === undefined) return this.resolveTime(value);
		const date = DateTime.fromMillis(startMs, { zone: this.options.zone }).toFormat('yyyy-MM-dd');
		const timeMs = this.onDate(date, clock);
		return timeMs < startMs ? this.onDate(dayAfter(date), clock) : timeMs;
	}

	/** A time of day with two digits for the hour; undefined for any other value. */
	private timeOfDay(value: unknown): string | undefined {
		if (this.options.timeFormat !== 'clock' || !isTimeOfDay(value)) return undefined;
		return value.trim().replace(/^\d:/, '0$&');
	}

	private onDate(date: string, clock: string): number {
		return parseDateTime(`${date}T${clock}`, this.options.zone);
	}

	/** Resolves a date and time or an offset. */
	private resolveTime(value: unknown): number {
		const { zone, timeFormat, streamStartMs } = this.options;
		const timeMs = valueOrUndefined(() => parseDateTime(value, zone));
		if (timeMs !== undefined) return timeMs;
		const offsetMs = timeFormat === 'offset' ? valueOrUndefined(() => parseDuration(value)) : undefined;
		if (offsetMs === undefined) {
			throw new InvalidValueError(`${formatValue(value)} is not a valid time`, TIME_ADVICE[timeFormat]);
		}
		if (streamStartMs !== undefined) return streamStartMs + offsetMs;
		throw new InvalidValueError(
			`${formatValue(value)} is an offset from the start of the stream, which is unknown`,
			'Select a stream that has started, or enter dates with times.',
		);
	}
}

/** Whether a value is a time of day without a date, such as 20:31:05. */
export function isTimeOfDay(value: unknown): value is string {
	return typeof value === 'string' && TIME_OF_DAY.test(value.trim());
}

/** Parses a date such as 2026-11-23. */
export function parseDate(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid) return text;
	throw new InvalidValueError(`${formatValue(value)} is not a valid date`, 'Enter a date such as 2026-11-23.');
}

function dayAfter(date: string): string {
	return DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
}

function valueOrUndefined<T>(parse: () => T): T | undefined {
	try {
		return parse();
	} catch {
		return undefined;
	}
}
