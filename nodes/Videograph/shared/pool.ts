/**
 * Runs tasks in their order, with a bounded number under way at once. A task must not reject.
 *
 * @param limit how many at once, 1 or more
 * @param goOn asked before each start; once it says no, nothing more is started and those under way are awaited
 */
export async function runPool(tasks: Array<() => Promise<void>>, limit: number, goOn = () => true): Promise<void> {
	const queue = tasks.values();
	const worker = async () => {
		for (const task of queue) {
			if (!goOn()) return;
			await task();
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, tasks.length) }, worker));
}
