/** What a clip is cut from and to, in whole epoch seconds, as Create Clip wants it (docs.videograph.ai). */
export interface TimeRange {
	startTime: number;
	endTime: number;
}

/** A recording is kept for 12 hours from the stream's start (docs.videograph.ai), so no clip can be longer. In seconds. */
export const LONGEST_CLIP_SECONDS = 12 * 60 * 60;

/**
 * The whole seconds that hold a range: the start is rounded down and the end up, so nothing of it is lost.
 *
 * @param startMs epoch milliseconds
 * @param endMs epoch milliseconds
 */
export function wholeSeconds(startMs: number, endMs: number): TimeRange {
	return { startTime: Math.floor(startMs / 1000), endTime: Math.ceil(endMs / 1000) };
}
