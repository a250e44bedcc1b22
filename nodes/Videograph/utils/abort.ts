/**
 * Waits for a promise until the signal aborts.
 *
 * @returns undefined if aborted
 */
export async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
	if (!signal) return await promise;
	if (signal.aborted) return undefined;
	return await new Promise<T | undefined>((resolve, reject) => {
		const abort = () => resolve(undefined);
		signal.addEventListener('abort', abort, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}
