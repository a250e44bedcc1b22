import type { VideographClient } from '../../nodes/Videograph/api/client';
import type { WaitingExecution } from '../../nodes/Videograph/polling/poller';

/** An execution that waits, and the function that stops it. */
export function waitingExecution(client: VideographClient, maxRateLimitWaitMs = 60_000) {
	const stop = new AbortController();
	const execution: WaitingExecution = { client, signal: stop.signal, maxRateLimitWaitMs };
	return { execution, stop: () => stop.abort() };
}

/** Lets the fake clock run until a promise settles. */
export async function playTime<T>(promise: Promise<T>): Promise<T> {
	const state = { isSettled: false };
	const settle = () => (state.isSettled = true);
	promise.then(settle, settle);
	await jest.advanceTimersByTimeAsync(0);
	while (!state.isSettled) await jest.advanceTimersToNextTimerAsync();
	return await promise;
}
