import { sleep } from 'n8n-workflow';

/** How long a stopped execution may go on sleeping, in milliseconds. */
const SLICE_MS = 200;

/**
 * Sleeps, but no longer than until the execution is stopped.
 *
 * @param milliseconds how long; 0 or less does not sleep
 * @returns whether the time passed: false where the execution was stopped
 */
export async function delay(milliseconds: number, stop?: AbortSignal): Promise<boolean> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !stop?.aborted; left = end - Date.now()) {
		await sleep(Math.min(left, SLICE_MS));
	}
	return !stop?.aborted;
}
