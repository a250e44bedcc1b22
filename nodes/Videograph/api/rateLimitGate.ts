/** Result of waiting at the gate. Nothing may be sent unless it is open. */
export type GateState = { status: 'open' } | { status: 'aborted' } | { status: 'tooLong'; waitMs: number };

/** Holds back all requests of an execution while the API is rate limiting. */
export class RateLimitGate {
	private opensAt = 0;

	/**
	 * @param delay sleeps that many milliseconds; false if the execution was stopped
	 * @param maxWaitMs the longest single wait
	 */
	constructor(
		private readonly delay: (milliseconds: number) => Promise<boolean>,
		private readonly maxWaitMs: number,
	) {}

	/** Closes the gate for that many milliseconds from now, unless it is already closed for longer. */
	closeFor(milliseconds: number): void {
		this.opensAt = Math.max(this.opensAt, Date.now() + milliseconds);
	}

	/** Waits until the gate is open, also if it is closed again in the meantime. */
	async waitUntilOpen(): Promise<GateState> {
		for (let waitMs = this.remainingMs(); waitMs > 0; waitMs = this.remainingMs()) {
			if (waitMs > this.maxWaitMs) return { status: 'tooLong', waitMs };
			if (!(await this.delay(waitMs))) return { status: 'aborted' };
		}
		return { status: 'open' };
	}

	private remainingMs(): number {
		return this.opensAt - Date.now();
	}
}
