/** Closes for all requests of a run at once when the API says that they are too many. */
export class RateLimitGate {
	private opensAt = 0;

	/**
	 * @param pause sleeps that many milliseconds, and tells whether the execution goes on
	 * @param mostMs nobody waits longer than that many milliseconds at once
	 */
	constructor(
		private readonly pause: (milliseconds: number) => Promise<boolean>,
		private readonly mostMs: number,
	) {}

	/** Keeps the gate closed for that many milliseconds from now, if it is not closed for longer already. */
	closeFor(milliseconds: number): void {
		this.opensAt = Math.max(this.opensAt, Date.now() + milliseconds);
	}

	/**
	 * Waits until the gate is open; it may have been closed anew meanwhile.
	 *
	 * @returns undefined, or why nobody may pass: the execution was stopped, or it is closed for longer than anybody waits
	 */
	async waitUntilOpen(): Promise<'stopped' | { closedForMs: number } | undefined> {
		for (let remainingMs = this.remainingMs(); remainingMs > 0; remainingMs = this.remainingMs()) {
			if (remainingMs > this.mostMs) return { closedForMs: remainingMs };
			if (!(await this.pause(remainingMs))) return 'stopped';
		}
		return undefined;
	}

	private remainingMs(): number {
		return this.opensAt - Date.now();
	}
}
