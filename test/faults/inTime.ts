/**
 * Awaits a promise with a timeout.
 *
 * @param mostMs the timeout in milliseconds
 * @throws {Error} at the timeout
 */
export async function inTime<T>(result: Promise<T>, mostMs: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`it has not ended after ${mostMs / 1000} s`)), mostMs);
	});
	return await Promise.race([result, late]).finally(() => clearTimeout(timer));
}
