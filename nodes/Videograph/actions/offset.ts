import type { ItemParameters } from '../parameters/itemParameters';

/** The forms of a duration, for the descriptions of fields. */
export const DURATION_FORMS = '30s, 2m, 1h5m, 01:30 (minutes and seconds) or a number of seconds';

/** An offset of more than 11 days, in milliseconds, is Unix time entered by mistake. */
const MIN_UNIX_TIME_MS = 1e9;

/**
 * Reads an offset from the start of a video.
 *
 * @returns milliseconds
 * @throws {NodeOperationError} if it is not a duration, or is a point in time
 */
export function readOffset(parameters: ItemParameters, name: string): number {
	const milliseconds = parameters.duration(name);
	if (milliseconds <= MIN_UNIX_TIME_MS) return milliseconds;
	return parameters.refuse(
		name,
		`${milliseconds / 1000} seconds is Unix time, not an offset`,
		'Enter the time from the start of the video: 30s, 2m, 1h5m, 01:30 or a number of seconds.',
	);
}
