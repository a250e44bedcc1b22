import type { ItemParameters } from '../parameters/itemParameters';

/** How an offset may be written, for its field's description. */
export const OFFSET_FORMS = '30s, 2m, 1h5m, 01:30 (minutes and seconds), or a number of seconds';

/** Milliseconds from which on an offset is surely a moment in Unix time: more than 11 days. */
const UNIX_TIME_MS = 1e9;

/**
 * Reads how long after the start of a video something is.
 *
 * @returns milliseconds
 * @throws {NodeOperationError} for what is no length of time, and for a moment
 */
export function readOffset(parameters: ItemParameters, name: string): number {
	const milliseconds = parameters.duration(name);
	if (milliseconds <= UNIX_TIME_MS) return milliseconds;
	return parameters.refuse(
		name,
		`${milliseconds / 1000} seconds looks like Unix time`,
		'Give how long after the start of the video it is: 30s, 2m, 1h5m, 01:30, or a number of seconds.',
	);
}
