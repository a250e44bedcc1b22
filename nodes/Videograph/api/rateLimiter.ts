import { onAbort } from '../utils/abort';
import { delay } from '../utils/delay';
import { Pacer } from './pacer';

/** A request that takes its turn, with all of its attempts. */
export interface Turn {
	/** The turns of retries are not later than the first one. */
	readonly order: number;
	/** How often the API has refused it. */
	refusals: number;
	/** How long it may still wait, in milliseconds. */
	remainingWaitMs: number;
	readonly signal: AbortSignal | undefined;
}

/** Result of waiting for a turn. Nothing may be sent unless it is open. */
export type Admission =
	/** `sentMs`: now, in epoch milliseconds */
	| { status: 'open'; sentMs: number }
	| { status: 'aborted' }
	/** The rest of the wait, as far as it is known. */
	| { status: 'tooLong'; waitMs: number };

interface WaitingTurn {
	turn: Turn;
	deadlineMs: number;
	settle: (admission: Admission) => void;
}

/**
 * Lets the requests of all executions of an account through at the pace that the API accepts, first come first served.
 * Before the first refusal, nothing waits.
 */
export class RateLimiter {
	private readonly pacer: Pacer;
	private waiting: WaitingTurn[] = [];
	private turnCount = 0;
	/** Ends the sleep of the loop. */
	private wake = new AbortController();
	private isRunning = false;

	/**
	 * @param sleep resolves after that many milliseconds, or when the signal aborts
	 * @param random 0 to 1
	 */
	constructor(
		private readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<unknown> = delay,
		random?: () => number,
	) {
		this.pacer = new Pacer(random);
	}

	/**
	 * @param maxWaitMs the longest wait of the request, over all of its attempts, in milliseconds
	 * @param signal aborts the wait
	 */
	createTurn(maxWaitMs: number, signal?: AbortSignal): Turn {
		return { order: this.turnCount++, refusals: 0, remainingWaitMs: maxWaitMs, signal };
	}

	/** Waits until the request can be sent. An attempt that is open must be sent at once. */
	async acquire(turn: Turn): Promise<Admission> {
		if (turn.signal?.aborted) return { status: 'aborted' };
		const startMs = Date.now();
		if (this.waiting.length === 0 && this.pacer.nextDueMs(startMs) <= startMs) return this.open(startMs);
		return await new Promise((resolve) => {
			const waitingTurn: WaitingTurn = {
				turn,
				deadlineMs: startMs + turn.remainingWaitMs,
				settle: (admission) => {
					removeAbort();
					turn.remainingWaitMs -= Date.now() - startMs;
					resolve(admission);
				},
			};
			const removeAbort = onAbort(turn.signal, () => this.remove(waitingTurn, { status: 'aborted' }));
			const index = this.waiting.findLastIndex((other) => other.turn.order < turn.order);
			this.waiting.splice(index + 1, 0, waitingTurn);
			this.refresh();
		});
	}

	/** Aborts the wait of a request. */
	withdraw(turn: Turn): void {
		const waitingTurn = this.waiting.find((other) => other.turn === turn);
		if (waitingTurn) this.remove(waitingTurn, { status: 'aborted' });
	}

	/** @param sentMs of the request that the rate limit admitted, in epoch milliseconds */
	accept(sentMs: number): void {
		this.pacer.accept(sentMs);
	}

	/** @param sentMs of the request that was refused with 429, in epoch milliseconds */
	refuse(sentMs: number, retryAfterMs: number | undefined): void {
		this.pacer.refuse(sentMs, Date.now(), retryAfterMs);
		this.refresh();
	}

	/** If everything is refused, the limit may apply to one endpoint only: then another request is next. */
	private shiftNext(): WaitingTurn | undefined {
		if (!this.pacer.isProbing) return this.waiting.shift();
		const least = Math.min(...this.waiting.map(({ turn }) => turn.refusals));
		const index = this.waiting.findIndex(({ turn }) => turn.refusals === least);
		return this.waiting.splice(index, 1)[0];
	}

	private open(nowMs: number): Admission {
		this.pacer.send(nowMs);
		return { status: 'open', sentMs: nowMs };
	}

	private remove(waitingTurn: WaitingTurn, admission: Admission): void {
		this.waiting = this.waiting.filter((other) => other !== waitingTurn);
		waitingTurn.settle(admission);
		this.refresh();
	}

	/** Starts the loop, or lets it see what has changed. */
	private refresh(): void {
		if (this.isRunning) this.wake.abort();
		else if (this.waiting.length > 0) void this.run();
	}

	private async run(): Promise<void> {
		this.isRunning = true;
		for (let waitMs = this.admit(); waitMs !== undefined; waitMs = this.admit()) {
			this.wake = new AbortController();
			await this.sleep(waitMs, this.wake.signal);
		}
		this.isRunning = false;
	}

	/**
	 * Admits or rejects all turns whose time has come.
	 *
	 * @returns the milliseconds until the next time; undefined if nothing waits
	 */
	private admit(): number | undefined {
		const nowMs = Date.now();
		while (this.waiting[0] && this.pacer.nextDueMs(nowMs) <= nowMs) this.shiftNext()?.settle(this.open(nowMs));
		const nextMs = this.pacer.nextDueMs(nowMs);
		const { openMs } = this.pacer;
		const isLate = ({ deadlineMs }: WaitingTurn) => deadlineMs <= nowMs || deadlineMs < openMs;
		const late = this.waiting.filter(isLate);
		const waitMs = (index: number) => nextMs + index * this.pacer.intervalMs - nowMs;
		const lateIndexes = late.map((waitingTurn) => this.waiting.indexOf(waitingTurn));
		this.waiting = this.waiting.filter((waitingTurn) => !isLate(waitingTurn));
		late.forEach(({ settle }, index) => settle({ status: 'tooLong', waitMs: waitMs(lateIndexes[index] ?? 0) }));
		if (this.waiting.length === 0) return undefined;
		return Math.min(nextMs, ...this.waiting.map(({ deadlineMs }) => deadlineMs)) - nowMs;
	}
}
