/** A recording is available for 12 hours from the start of its broadcast (docs.videograph.ai). In milliseconds. */
export const RECORDING_WINDOW_MS = 12 * 60 * 60 * 1000;

/**
 * When the recording of a broadcast expires, in epoch milliseconds.
 *
 * @param startMs the start of the broadcast, in epoch milliseconds
 */
export function recordingExpiresMs(startMs: number): number {
	return startMs + RECORDING_WINDOW_MS;
}
