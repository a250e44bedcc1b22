/** What a clip is cut from and to, in whole epoch seconds, as Create Clip wants it (docs.videograph.ai). */
export interface TimeRange {
	startTime: number;
	endTime: number;
}

/** The same before it is rounded, in epoch milliseconds. */
export interface Span {
	startMs: number;
	endMs: number;
}

/** A recording is kept for 12 hours from the stream's start (docs.videograph.ai). In milliseconds. */
export const RECORDING_KEPT_MS = 12 * 60 * 60 * 1000;

/** The whole seconds that hold a span: the start is rounded down and the end up, so nothing of it is lost. */
export function wholeSeconds({ startMs, endMs }: Span): TimeRange {
	return { startTime: Math.floor(startMs / 1000), endTime: Math.ceil(endMs / 1000) };
}

/** What is wrong with a span, whichever way it came about: null where nothing is. */
export type SpanProblem = 'empty' | 'tooLong' | 'tooOld' | 'inFuture';

/**
 * Checks a span before it is sent. A recording is kept for 12 hours, so no clip is longer, and none begins earlier.
 *
 * @param nowMs epoch milliseconds; an end within the second that is under way is not in the future
 */
export function spanProblem({ startMs, endMs }: Span, nowMs: number): SpanProblem | null {
	if (endMs <= startMs) return 'empty';
	const { startTime, endTime } = wholeSeconds({ startMs, endMs });
	if ((endTime - startTime) * 1000 > RECORDING_KEPT_MS) return 'tooLong';
	if (startMs < nowMs - RECORDING_KEPT_MS) return 'tooOld';
	return endTime * 1000 > Math.ceil(nowMs / 1000) * 1000 ? 'inFuture' : null;
}
