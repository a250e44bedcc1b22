/** Lets what must not happen at once happen one after the other, in the order in which it came. */
export class KeyedMutex {
	private readonly tails = new Map<string, Promise<unknown>>();

	/**
	 * @param key what only one may work on at a time
	 * @returns what `act` gives, once those before it have ended, however they ended
	 */
	async runExclusive<T>(key: string, act: () => Promise<T>): Promise<T> {
		const turn = (this.tails.get(key) ?? Promise.resolve()).then(act);
		this.tails.set(key, turn.catch(() => undefined));
		return await turn;
	}
}
