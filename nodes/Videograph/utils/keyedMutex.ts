/** Runs functions with the same key one at a time, in the order of the calls. */
export class KeyedMutex {
	private readonly tails = new Map<string, Promise<unknown>>();

	/** Runs a function after all earlier ones with the same key have settled. */
	async runExclusive<T>(key: string, run: () => Promise<T>): Promise<T> {
		const result = (this.tails.get(key) ?? Promise.resolve()).then(run);
		this.tails.set(
			key,
			result.catch(() => undefined),
		);
		return await result;
	}
}
