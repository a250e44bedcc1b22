import { sleep } from 'n8n-workflow';

/** The longest timer of Node.js. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Sleeps until the time has passed or the signal aborts.
 *
 * @param milliseconds 0 or less resolves at once
 * @returns false if aborted
 */
export async function delay(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
	const end = Date.now() + milliseconds;
	for (let remaining = milliseconds; remaining > 0 && !signal?.aborted; remaining = end - Date.now()) {
		// Timers drop fractions of a millisecond.
		await sleepOrAbort(Math.min(Math.ceil(remaining), MAX_TIMER_MS), signal);
	}
	return !signal?.aborted;
}

/** In older n8n versions `sleep` ignores the signal: the promise resolves at once, but the timer runs out later. */
async function sleepOrAbort(milliseconds: number, signal?: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		const end = () => {
			signal?.removeEventListener('abort', end);
			resolve();
		};
		signal?.addEventListener('abort', end, { once: true });
		sleep(milliseconds, signal).then(end, end);
	});
}
