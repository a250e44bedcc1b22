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
