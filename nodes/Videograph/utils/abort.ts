/** The callbacks of each signal. Node.js warns of a leak if a signal has more than ten listeners. */
const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls a function when the signal aborts. A signal that is already aborted calls nothing.
 *
 * @returns a function that removes it
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
	if (!signal) return () => undefined;
	const registered = callbacks.get(signal) ?? register(signal);
	registered.add(callback);
	return () => registered.delete(callback);
}

function register(signal: AbortSignal): Set<() => void> {
	const registered = new Set<() => void>();
	callbacks.set(signal, registered);
	const callAll = () => {
		for (const callback of registered) callback();
	};
	signal.addEventListener('abort', callAll, { once: true });
	return registered;
}

/**
 * Waits for a promise until the signal aborts.
 *
 * @returns undefined if aborted
 */
export async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
	if (signal?.aborted) return undefined;
	return await new Promise<T | undefined>((resolve, reject) => {
		const remove = onAbort(signal, () => resolve(undefined));
		promise.then(resolve, reject).finally(remove);
	});
}
