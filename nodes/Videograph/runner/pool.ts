/**
 * Runs tasks with a bounded number under way at once, and keeps their order.
 *
 * @param limit how many at once, 1 or more
 * @param goOn asked before each start; once it says no, nothing more is started and those under way are awaited
 * @returns the results by the index of their task, with holes for tasks that were never started; a task must not reject
 */
export async function runPool<T>(tasks: Array<() => Promise<T>>, limit: number, goOn: () => boolean): Promise<T[]> {
	const results: T[] = [];
	const queue = tasks.entries();
	const worker = async () => {
		for (const [index, task] of queue) {
			if (!goOn()) return;
			results[index] = await task();
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker));
	return results;
}
