import { sleep } from 'n8n-workflow';

/** The longest time until a stopped execution is noticed, in milliseconds. */
const SLICE_MS = 200;

/**
 * Sleeps until the time has passed or the signal aborts.
 *
 * @param milliseconds 0 or less resolves at once
 * @returns false if aborted
 */
export async function delay(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
	const end = Date.now() + milliseconds;
	for (let remaining = milliseconds; remaining > 0 && !signal?.aborted; remaining = end - Date.now()) {
		await sleep(Math.min(remaining, SLICE_MS));
	}
	return !signal?.aborted;
}
