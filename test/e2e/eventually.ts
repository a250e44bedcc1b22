import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until there is something.
 *
 * @param what is missing, in the error
 * @param find returns it; undefined: not yet
 */
export async function eventually<Found>(
	what: string,
	find: () => Found | undefined | Promise<Found | undefined>,
	withinMs = 30_000,
): Promise<Found> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const found = await find();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`${what} did not come in ${withinMs / 1000} s`);
		await sleep(200);
	}
}
