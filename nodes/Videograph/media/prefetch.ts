/** The bytes that may be in memory ahead of their use. */
const MAX_BYTES_AHEAD = 32 * 1024 * 1024;
const MAX_AHEAD = 6;

/**
 * Runs tasks ahead of the use of their results, which are returned in order. How many run at the same time depends on
 * the size of the results.
 *
 * @throws the error of a task when its turn has come
 */
export async function* prefetch(tasks: Array<() => Promise<Uint8Array>>): AsyncGenerator<Uint8Array> {
	const queue: Array<Promise<Uint8Array>> = [];
	let next = 0;
	let ahead = 2;
	for (let index = 0; index < tasks.length; index++) {
		while (next < tasks.length && queue.length < ahead) {
			const result = tasks[next++]?.();
			if (!result) break;
			// Its error is thrown below, or has become irrelevant.
			result.catch(() => undefined);
			queue.push(result);
		}
		const result = await queue.shift();
		if (!result) return;
		ahead = Math.min(Math.max(Math.floor(MAX_BYTES_AHEAD / Math.max(result.length, 1)), 1), MAX_AHEAD);
		yield result;
	}
}
