import { RECORDING_WINDOW_MS } from '../livestream/recordingTimes';

/** The range of a clip in whole epoch seconds, as Create Clip expects it (docs.videograph.ai). */
export interface RequestRange {
	startTime: number;
	endTime: number;
}

/** The range of a clip before rounding, in epoch milliseconds. */
export interface TimeRange {
	startMs: number;
	endMs: number;
}

/** Rounds a range to whole seconds that contain all of it: the start down, the end up. */
export function toWholeSeconds({ startMs, endMs }: TimeRange): RequestRange {
	return { startTime: Math.floor(startMs / 1000), endTime: Math.ceil(endMs / 1000) };
}

/** Why a range cannot be clipped. */
export type RangeProblem = 'empty' | 'tooLong' | 'tooOld' | 'inFuture';

/**
 * Checks a range against the recording window before it is sent.
 *
 * @param nowMs in epoch milliseconds; an end within the current second is not in the future
 * @returns null if the range can be clipped
 */
export function findRangeProblem({ startMs, endMs }: TimeRange, nowMs: number): RangeProblem | null {
	if (endMs <= startMs) return 'empty';
	const { startTime, endTime } = toWholeSeconds({ startMs, endMs });
	if ((endTime - startTime) * 1000 > RECORDING_WINDOW_MS) return 'tooLong';
	if (startMs < nowMs - RECORDING_WINDOW_MS) return 'tooOld';
	return endTime * 1000 > Math.ceil(nowMs / 1000) * 1000 ? 'inFuture' : null;
}
