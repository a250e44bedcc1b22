/** In requests per second. */
const RATE = { min: 1, probe: 2 };
/** In milliseconds. */
const BACKOFF = { initialMs: 1000, maxMs: 30_000 };
/** A timer may be this late without a loss of pace, in milliseconds. */
const TIMER_TOLERANCE_MS = 20;
/** The span over which accepted requests are counted. The most common limits are per second. In milliseconds. */
const SPAN = { minMs: 1000, maxMs: 10_000 };
const MAX_ACCEPTED = 1000;
/**
 * The growth of the pace, as of a congestion window in CUBIC (RFC 9438): from `startShare` of the rate that was too
 * high, slower and slower up to that rate, then faster and faster. `scale` is per cubic second.
 */
const CUBIC = { scale: 0.0002, startShare: 0.93 };

/**
 * Finds the pace that an unknown rate limit admits: unlimited until the API refuses a request, then the rate that it
 * was seen to accept, which grows while it goes well and shrinks after each refusal. Requests are spaced evenly, since
 * only that suits all kinds of limits. All times are in epoch milliseconds; it has no clock of its own.
 */
export class Pacer {
	/** In requests per second. */
	private rate = Infinity;
	/** The highest rate that the API may accept. Infinity if it is unknown. */
	private ceiling = Infinity;
	/** How long requests were sent at the pace since the last refusal. */
	private pacedMs = 0;
	/** When the last request was due. */
	private lastDueMs = -Infinity;
	private opensAtMs = 0;
	private refusedAtMs = -Infinity;
	/** Refusals without an accepted request in between. */
	private consecutiveRefusals = 0;
	private rateAtRefusal = Infinity;
	/** When accepted requests were sent. */
	private acceptedMs: number[] = [];

	/** @param random 0 to 1 */
	constructor(private readonly random: () => number = Math.random) {}

	/** The time between two requests. */
	get intervalMs(): number {
		return 1000 / this.rate;
	}

	/** The end of the wait that the API or the backoff demands. In the past if there is none. */
	get openMs(): number {
		return this.opensAtMs;
	}

	/** Whether nothing was accepted since the last refusal but one. */
	get isProbing(): boolean {
		return this.consecutiveRefusals > 1;
	}

	/** When the next request is due; not before now. */
	nextDueMs(nowMs: number): number {
		return Math.max(this.lastDueMs + this.intervalMs, this.opensAtMs, nowMs);
	}

	/** Records that a request is sent. */
	send(nowMs: number): void {
		const { intervalMs } = this;
		const dueMs = this.lastDueMs + intervalMs;
		const isPaced = nowMs - dueMs < intervalMs;
		this.lastDueMs = nowMs - dueMs > Math.min(TIMER_TOLERANCE_MS, intervalMs) ? nowMs : dueMs;
		if (isPaced) this.grow(intervalMs);
	}

	/** Records that the rate limit admitted a request, whatever its response was. */
	accept(sentMs: number): void {
		this.acceptedMs.push(sentMs);
		if (this.acceptedMs.length > MAX_ACCEPTED) this.acceptedMs.shift();
		if (sentMs > this.refusedAtMs) this.consecutiveRefusals = 0;
		// It was in flight at the refusal.
		else this.adjust();
	}

	/**
	 * Records that the API refused a request with 429. All requests that were in flight then count as one refusal. The
	 * backoff also applies beside Retry-After if everything is refused, because some limits count refused requests too.
	 */
	refuse(sentMs: number, nowMs: number, retryAfterMs?: number): void {
		if (retryAfterMs !== undefined) this.close(nowMs + retryAfterMs);
		if (sentMs <= this.refusedAtMs) return;
		this.refusedAtMs = nowMs;
		// If nothing was accepted since the last refusal, only the wait was too short.
		if (this.consecutiveRefusals === 0) {
			this.rateAtRefusal = this.rate;
			this.adjust();
		}
		const backoffMs = Math.min(BACKOFF.initialMs * 2 ** this.consecutiveRefusals, BACKOFF.maxMs);
		this.consecutiveRefusals++;
		if (retryAfterMs === undefined) this.close(nowMs + Math.round(backoffMs * (0.5 + this.random() / 2)));
		else if (this.consecutiveRefusals > 1) this.close(nowMs + backoffMs / 2);
	}

	/** Sends nothing before that time. */
	close(untilMs: number): void {
		this.opensAtMs = Math.max(this.opensAtMs, untilMs);
	}

	private adjust(): void {
		const accepted = this.acceptedRate();
		const isFirst = this.rateAtRefusal === Infinity;
		const ceiling = isFirst ? accepted : Math.min(Math.max(accepted, this.rateAtRefusal / 2), this.rateAtRefusal);
		this.ceiling = accepted === 0 && isFirst ? Infinity : Math.max(ceiling, RATE.min);
		this.rate = this.ceiling === Infinity ? RATE.probe : Math.max(CUBIC.startShare * this.ceiling, RATE.min);
		this.pacedMs = 0;
	}

	/** The highest rate that the API accepted before the refusal. */
	private acceptedRate(): number {
		const rates = this.acceptedMs.toReversed().map((sentMs, index) => {
			const spanMs = this.refusedAtMs - sentMs;
			return spanMs > SPAN.maxMs ? 0 : ((index + 1) * 1000) / Math.max(spanMs, SPAN.minMs);
		});
		return Math.max(0, ...rates);
	}

	private grow(intervalMs: number): void {
		if (this.rate === Infinity) return;
		this.pacedMs += intervalMs;
		if (this.ceiling === Infinity) {
			this.rate++;
			return;
		}
		const { scale, startShare } = CUBIC;
		const seconds = this.pacedMs / 1000 - Math.cbrt((1 - startShare) / scale);
		this.rate = Math.max(this.ceiling * (1 + scale * seconds ** 3), RATE.min);
	}
}
