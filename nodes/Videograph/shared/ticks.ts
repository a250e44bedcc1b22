/** One thing that somebody waits for. */
export class Waiting<T> {
	isOver = false;
	/** Of ticks in a row. */
	private failures = 0;
	private failure: { error: unknown } | undefined;

	/** @param deadline in epoch milliseconds */
	constructor(
		public thing: T,
		readonly deadline: number,
		private readonly resolve: (thing: T) => void,
		private readonly reject: (error: unknown) => void,
	) {}

	/** Nothing is left to wait for. */
	settle(thing = this.thing): void {
		this.isOver = true;
		this.resolve(thing);
	}

	/** The thing cannot become what is waited for. */
	giveUp(error: unknown): void {
		this.isOver = true;
		this.reject(error);
	}

	/** The look of this tick has failed: a few such ticks in a row are survived. */
	failed(error: unknown): void {
		this.failure = { error };
	}

	/** @param now in epoch milliseconds */
	endTick(now: number): void {
		const { failure } = this;
		this.failure = undefined;
		this.failures = failure ? this.failures + 1 : 0;
		if (this.isOver) return;
		if (failure && this.failures > SURVIVED) this.giveUp(failure.error);
		else if (this.deadline <= now) this.settle();
	}
}

/**
 * Milliseconds until the first tick and between two: what is made takes seconds to minutes, and what took long will take
 * longer. A share of the time that has passed, so that nobody waits much longer than what is made takes, however long
 * that is.
 */
const TICK = { firstMs: 2000, leastMs: 750, share: 0.25, mostMs: 10_000 };
/** Failed ticks in a row that are survived. */
const SURVIVED = 3;

/** Looks after many things that are being made, all of them at each tick. It ticks while anybody waits. */
export class Ticks<T> {
	private waiting: Array<Waiting<T>> = [];
	private ticking = false;

	/**
	 * @param look brings what is waited for up to date, and settles what is ready; it does not reject
	 * @param pause sleeps that many milliseconds, and tells whether the execution goes on
	 * @param firstLookMs how long before an additional look at the beginning, for what may be ready already
	 */
	constructor(
		private readonly look: (waiting: Array<Waiting<T>>) => Promise<void>,
		private readonly pause: (milliseconds: number) => Promise<boolean>,
		private readonly firstLookMs?: number,
	) {}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the thing as it is in the end: settled, or as it was when the time or the execution ended
	 * @throws what made looks fail in several ticks in a row
	 */
	async wait(thing: T, timeoutMs: number): Promise<T> {
		return await new Promise((resolve, reject) => {
			this.waiting.push(new Waiting(thing, Date.now() + timeoutMs, resolve, reject));
			if (!this.ticking) void this.tickOn();
		});
	}

	private async tickOn(): Promise<void> {
		this.ticking = true;
		let goesOn = this.firstLookMs === undefined || (await this.tick(this.firstLookMs));
		let waitMs = TICK.firstMs;
		let passedMs = 0;
		while (goesOn && this.waiting.length > 0) {
			goesOn = await this.tick(waitMs);
			passedMs += waitMs;
			waitMs = Math.min(Math.max(passedMs * TICK.share, TICK.leastMs), TICK.mostMs);
		}
		for (const one of this.waiting) one.settle();
		this.waiting = [];
		this.ticking = false;
	}

	/** @returns whether the execution goes on */
	private async tick(waitMs: number): Promise<boolean> {
		const nextDeadline = Math.min(...this.waiting.map(({ deadline }) => deadline));
		if (!(await this.pause(Math.min(waitMs, nextDeadline - Date.now())))) return false;
		const looked = [...this.waiting];
		await this.look(looked);
		const now = Date.now();
		for (const one of looked) one.endTick(now);
		this.waiting = this.waiting.filter(({ isOver }) => !isOver);
		return true;
	}
}
