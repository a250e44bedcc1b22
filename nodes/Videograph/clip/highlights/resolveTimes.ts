import { InvalidValueError } from '../../parameters/invalidValueError';
import { formatValue } from '../../utils/values';
import { parseDuration } from '../../parameters/duration';
import { withLineNumber, type ResolvedHighlight, type RawHighlight } from './highlight';
import { mergeClose } from './merge';
import { TimeResolver, type TimeResolverOptions } from './timeResolver';

interface PlaceOptions extends TimeResolverOptions {
	/** How much before and after a moment is in its clip, in milliseconds, where the highlight does not say */
	beforeMs: number;
	afterMs: number;
	/** Highlights with this many milliseconds or fewer between them become one; undefined keeps all apart */
	mergeGapMs: number | undefined;
}

const NO_TIME_ADVICE = 'Give a time, or a start with an end or a duration.';
const RANGE_ADVICE = 'Give a time with before and after, or a start with an end or a duration.';
/** By how much an end may differ from the start and the duration: lengths are often written in whole seconds. */
const TOLERANCE_MS = 1000;

/**
 * Finds where highlights lie in time. A time alone is a moment, with some of what is before and after it; a time with
 * an end or a duration is the start of a range.
 *
 * @returns in the order given; a merged one stands where the first of its lines does
 * @throws {InvalidValueError} for a value that cannot be read, with its line
 */
export function resolveHighlights(raw: RawHighlight[], options: PlaceOptions): ResolvedHighlight[] {
	const times = new TimeResolver(options);
	const placed = raw.map((highlight) => withLineNumber(highlight.line, () => resolveHighlight(highlight, times, options)));
	return options.mergeGapMs === undefined ? placed : mergeClose(placed, options.mergeGapMs);
}

function resolveHighlight(highlight: RawHighlight, times: TimeResolver, options: PlaceOptions): ResolvedHighlight {
	const { line, title, description, tags, start, moment } = highlight;
	const time = start ?? moment;
	if (time === undefined) throw new InvalidValueError(`${formatValue(title)} has no time`, NO_TIME_ADVICE);
	if (start !== undefined && moment !== undefined) throw contradiction({ start, moment });

	const timeMs = times.start(time);
	const isRange = highlight.end !== undefined || highlight.duration !== undefined;
	const [startMs, endMs] = isRange ? rangeFrom(timeMs, highlight, times) : around(timeMs, highlight, options);
	if (startMs < endMs) return { lines: [line], title, description, tags, startMs, endMs };
	const until = isRange ? `to ${formatValue(highlight.end ?? highlight.duration)}` : 'with nothing before and after it';
	throw new InvalidValueError(`${formatValue(time)} ${until} has no length`, RANGE_ADVICE);
}

function around(momentMs: number, { before, after }: RawHighlight, options: PlaceOptions): [number, number] {
	const beforeMs = before === undefined ? options.beforeMs : parseDuration(before);
	const afterMs = after === undefined ? options.afterMs : parseDuration(after);
	return [momentMs - beforeMs, momentMs + afterMs];
}

function rangeFrom(startMs: number, highlight: RawHighlight, times: TimeResolver): [number, number] {
	const { end, duration, before, after } = highlight;
	if (before !== undefined || after !== undefined) throw contradiction({ end, duration, before, after });

	if (end === undefined) return [startMs, startMs + parseDuration(duration)];
	const endMs = times.end(end, startMs);
	const offByMs = duration === undefined ? 0 : Math.abs(startMs + parseDuration(duration) - endMs);
	if (offByMs > TOLERANCE_MS) throw contradiction({ end, duration });
	return [startMs, endMs];
}

function contradiction(values: Record<string, unknown>): InvalidValueError {
	return new InvalidValueError(`${formatValue(values)} do not go together`, RANGE_ADVICE);
}
