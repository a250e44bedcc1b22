import { MAX_PARALLEL_REQUESTS } from '../api/client';
import { runPool } from '../utils/taskPool';

/**
 * Fetches each of the subjects. A failure does not stop the others, unless the first `MAX_PARALLEL_REQUESTS` requests
 * all fail.
 *
 * @param deadlineMs when to stop, in epoch milliseconds; the first requests are sent in any case
 * @returns the subjects that were not fetched, and the first error if none was
 */
export async function fetchEach<T>(
	subjects: T[],
	deadlineMs: number,
	fetch: (subject: T) => Promise<void>,
): Promise<{ failed: T[]; outage?: Error }> {
	const failed = new Set(subjects);
	const errors: Error[] = [];
	let started = 0;
	const tasks = subjects.map((subject) => async () => {
		started++;
		await fetch(subject).then(
			() => failed.delete(subject),
			(error: unknown) => errors.push(error as Error),
		);
	});
	const isOutage = (): boolean => failed.size === subjects.length;
	const shouldContinue = (): boolean => {
		if (started >= MAX_PARALLEL_REQUESTS && Date.now() >= deadlineMs) return false;
		return !isOutage() || errors.length < MAX_PARALLEL_REQUESTS;
	};
	await runPool(tasks, MAX_PARALLEL_REQUESTS, shouldContinue);
	return { failed: [...failed], outage: isOutage() ? errors[0] : undefined };
}
