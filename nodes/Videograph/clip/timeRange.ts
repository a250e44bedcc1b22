/** What a clip is cut from and to, in whole epoch seconds, as Create Clip wants it (docs.videograph.ai). */
export interface RequestRange {
	startTime: number;
	endTime: number;
}

/** The same before it is rounded, in epoch milliseconds. */
export interface TimeRange {
	startMs: number;
	endMs: number;
}

/** A recording is kept for 12 hours from the stream's start (docs.videograph.ai). In milliseconds. */
export const RECORDING_WINDOW_MS = 12 * 60 * 60 * 1000;

/** The whole seconds that hold a span: the start is rounded down and the end up, so nothing of it is lost. */
export function toWholeSeconds({ startMs, endMs }: TimeRange): RequestRange {
	return { startTime: Math.floor(startMs / 1000), endTime: Math.ceil(endMs / 1000) };
}

/** What is wrong with a span, whichever way it came about: null where nothing is. */
export type RangeProblem = 'empty' | 'tooLong' | 'tooOld' | 'inFuture';

/**
 * Checks a span before it is sent. A recording is kept for 12 hours, so no clip is longer, and none begins earlier.
 *
 * @param nowMs epoch milliseconds; an end within the second that is under way is not in the future
 */
export function findRangeProblem({ startMs, endMs }: TimeRange, nowMs: number): RangeProblem | null {
	if (endMs <= startMs) return 'empty';
	const { startTime, endTime } = toWholeSeconds({ startMs, endMs });
	if ((endTime - startTime) * 1000 > RECORDING_WINDOW_MS) return 'tooLong';
	if (startMs < nowMs - RECORDING_WINDOW_MS) return 'tooOld';
	return endTime * 1000 > Math.ceil(nowMs / 1000) * 1000 ? 'inFuture' : null;
}
