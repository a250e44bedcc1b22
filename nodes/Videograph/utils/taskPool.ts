import { sleep } from 'n8n-workflow';

/** Tasks that can start within this many milliseconds start together. */
const SAME_TICK_MS = 1;

/**
 * Runs tasks in order, with bounded concurrency. A task must not reject.
 *
 * Free slots are filled together: tasks that run in step use a quarter less CPU time (docs/performance.md).
 *
 * @param concurrency 1 or more
 * @param shouldContinue called before each start; after it returns false, no more tasks start
 */
export async function runPool(
	tasks: Array<() => Promise<void>>,
	concurrency: number,
	shouldContinue = () => true,
): Promise<void> {
	const queue = tasks.values();
	let tick: Promise<void> | undefined;
	const nextTick = async (): Promise<void> => {
		tick ??= sleep(SAME_TICK_MS).then(() => {
			tick = undefined;
		});
		await tick;
	};
	let remaining = tasks.length;
	const worker = async () => {
		for (const task of queue) {
			if (!shouldContinue()) return;
			remaining--;
			const startedAt = Date.now();
			await task();
			// A task that ends at once has sent no request.
			if (remaining > 0 && Date.now() > startedAt) await nextTick();
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, tasks.length) }, worker));
}
