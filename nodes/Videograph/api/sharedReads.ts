import { raceAbort } from '../utils/abort';
import { delay } from '../utils/delay';
import type { Admission, RateLimiter, Turn } from './rateLimiter';

/** How long a read waits for an equal one that is already sent, in milliseconds. A slow request does not hold it up. */
const MAX_HOLD_MS = 1000;

/** A read that was not sent yet. All who ask for it share its result. */
interface Read<T> {
	turns: Set<Turn>;
	/** Resolves when it may be sent: no equal read is in flight. */
	ready: Promise<unknown>;
	/** undefined if the execution that sent it was stopped. */
	result: Promise<{ value: T } | undefined>;
	resolve: (result: { value: T } | undefined) => void;
}

export type ReadResult<T> = { status: 'sent'; value: T; isShared: boolean } | Exclude<Admission, { status: 'open' }>;

/**
 * Sends a read that several executions of an account ask for at the same time once. The result is never older than the
 * question: who asks after it was sent waits for it to end, and shares the next one with all others who wait.
 */
export class SharedReads {
	private readonly unsent = new Map<string, Read<unknown>>();
	private readonly inFlight = new Map<string, Promise<unknown>>();

	constructor(private readonly limiter: RateLimiter) {}

	/**
	 * @param key identifies equal reads
	 * @param turn of the request; its signal and its wait are its own
	 * @param send sends the read. The first turn that is open sends it for all
	 * @returns the result, and whether others have it too; or why it was not sent
	 */
	async read<T>(key: string, turn: Turn, send: (sentMs: number) => Promise<T>): Promise<ReadResult<T>> {
		for (;;) {
			const read = this.join(key) as Read<T>;
			read.turns.add(turn);
			await raceAbort(read.ready, turn.signal);
			const isUnsent = () => this.unsent.get(key) === read;
			const admission = isUnsent() ? await this.limiter.acquire(turn) : undefined;
			if (admission && isUnsent()) {
				if (admission.status === 'open') {
					const value = await this.sendForAll(key, read, turn, async () => await send(admission.sentMs));
					return { status: 'sent', value, isShared: read.turns.size > 1 };
				}
				read.turns.delete(turn);
				if (read.turns.size === 0) this.unsent.delete(key);
				return admission;
			}
			// Another turn sends it.
			const result = await raceAbort(read.result, turn.signal);
			if (result) return { status: 'sent', value: result.value, isShared: true };
			if (turn.signal?.aborted) return { status: 'aborted' };
		}
	}

	private join(key: string): Read<unknown> {
		const unsent = this.unsent.get(key);
		if (unsent) return unsent;
		const held = new AbortController();
		const inFlight = this.inFlight.get(key);
		const ready = inFlight && Promise.race([inFlight, delay(MAX_HOLD_MS, held.signal)]).then(() => held.abort());
		let resolve: Read<unknown>['resolve'] = () => undefined;
		const result = new Promise<{ value: unknown } | undefined>((settle) => (resolve = settle));
		const read = { turns: new Set<Turn>(), ready: ready ?? Promise.resolve(), result, resolve };
		this.unsent.set(key, read);
		return read;
	}

	private async sendForAll<T>(key: string, read: Read<T>, turn: Turn, send: () => Promise<T>): Promise<T> {
		this.unsent.delete(key);
		this.inFlight.set(key, read.result);
		for (const other of read.turns) if (other !== turn) this.limiter.withdraw(other);
		try {
			const value = await send();
			read.resolve(turn.signal?.aborted ? undefined : { value });
			return value;
		} finally {
			read.resolve(undefined);
			if (this.inFlight.get(key) === read.result) this.inFlight.delete(key);
		}
	}
}
