/** One thing that somebody waits for. */
export class PendingWait<T> {
	isOver = false;
	/** Of ticks in a row. */
	private failures = 0;
	private failure: { error: unknown } | undefined;

	/** @param deadline in epoch milliseconds */
	constructor(
		public subject: T,
		readonly deadline: number,
		private readonly resolveWait: (subject: T) => void,
		private readonly rejectWait: (error: unknown) => void,
	) {}

	/** Nothing is left to wait for. */
	resolve(subject = this.subject): void {
		this.isOver = true;
		this.resolveWait(subject);
	}

	/** The thing cannot become what is waited for. */
	reject(error: unknown): void {
		this.isOver = true;
		this.rejectWait(error);
	}

	/** The look of this tick has failed: a few such ticks in a row are survived. */
	recordFailure(error: unknown): void {
		this.failure = { error };
	}

	/** @param now in epoch milliseconds */
	finishRound(now: number): void {
		const { failure } = this;
		this.failure = undefined;
		this.failures = failure ? this.failures + 1 : 0;
		if (this.isOver) return;
		if (failure && this.failures > MAX_CONSECUTIVE_FAILURES) this.reject(failure.error);
		else if (this.deadline <= now) this.resolve();
	}
}

/**
 * Milliseconds until the first tick and between two: what is made takes seconds to minutes, and what took long will take
 * longer. A share of the time that has passed, so that nobody waits much longer than what is made takes, however long
 * that is.
 */
const POLL_INTERVAL = { initialMs: 2000, minMs: 750, growthFactor: 0.25, maxMs: 10_000 };
/** Failed ticks in a row that are survived. */
const MAX_CONSECUTIVE_FAILURES = 3;

/** Looks after many things that are being made, all of them at each tick. It ticks while anybody waits. */
export class Poller<T> {
	private pendingWaits: Array<PendingWait<T>> = [];
	private isRunning = false;

	/**
	 * @param pollAll brings what is waited for up to date, and settles what is ready; it does not reject
	 * @param delay sleeps that many milliseconds, and tells whether the execution goes on
	 * @param firstPollMs how long before an additional look at the beginning, for what may be ready already
	 */
	constructor(
		private readonly pollAll: (pendingWaits: Array<PendingWait<T>>) => Promise<void>,
		private readonly delay: (milliseconds: number) => Promise<boolean>,
		private readonly firstPollMs?: number,
	) {}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the thing as it is in the end: settled, or as it was when the time or the execution ended
	 * @throws what made looks fail in several ticks in a row
	 */
	async wait(thing: T, timeoutMs: number): Promise<T> {
		return await new Promise((resolve, reject) => {
			this.pendingWaits.push(new PendingWait(thing, Date.now() + timeoutMs, resolve, reject));
			if (!this.isRunning) void this.run();
		});
	}

	private async run(): Promise<void> {
		this.isRunning = true;
		let goesOn = this.firstPollMs === undefined || (await this.runRound(this.firstPollMs));
		let waitMs = POLL_INTERVAL.initialMs;
		let passedMs = 0;
		while (goesOn && this.pendingWaits.length > 0) {
			goesOn = await this.runRound(waitMs);
			passedMs += waitMs;
			waitMs = Math.min(Math.max(passedMs * POLL_INTERVAL.growthFactor, POLL_INTERVAL.minMs), POLL_INTERVAL.maxMs);
		}
		for (const one of this.pendingWaits) one.resolve();
		this.pendingWaits = [];
		this.isRunning = false;
	}

	/** @returns whether the execution goes on */
	private async runRound(waitMs: number): Promise<boolean> {
		const nextDeadline = Math.min(...this.pendingWaits.map(({ deadline }) => deadline));
		if (!(await this.delay(Math.min(waitMs, nextDeadline - Date.now())))) return false;
		const looked = [...this.pendingWaits];
		await this.pollAll(looked);
		const now = Date.now();
		for (const one of looked) one.finishRound(now);
		this.pendingWaits = this.pendingWaits.filter(({ isOver }) => !isOver);
		return true;
	}
}
