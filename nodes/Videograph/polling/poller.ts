/** The result of polling one subject. */
export type PollUpdate<T> =
	| { subject: T; isDone: boolean }
	/** The poll failed. `isFatal`: polling again cannot succeed. */
	| { subject?: T; error: unknown; isFatal?: boolean };

export interface PollerOptions<T> {
	/**
	 * Polls subjects once.
	 *
	 * @returns an update for each subject, in the same order
	 * @throws an error that all of the subjects share
	 */
	poll: (subjects: T[]) => Promise<Array<PollUpdate<T>>>;
	/** Subjects with the same key are polled together. By default, all of them are. */
	groupKey?: (subject: T) => string;
	/** Resolves to false if the execution was stopped. */
	delay: (milliseconds: number) => Promise<boolean>;
	/** The delay before an extra first round, in milliseconds, for subjects that may already be done. */
	firstPollMs?: number;
}

/** A caller that waits for a subject. */
interface PendingWait<T> {
	subject: T;
	/** In epoch milliseconds. */
	deadlineMs: number;
	consecutiveFailures: number;
	resolve: (subject: T) => void;
	reject: (error: unknown) => void;
}

/**
 * The poll interval grows to 25 % of the elapsed time, so that the overshoot is proportional to the processing time,
 * which ranges from seconds to minutes.
 */
const POLL_INTERVAL = { initialMs: 2000, minMs: 750, growthFactor: 0.25, maxMs: 10_000 };
const MAX_CONSECUTIVE_FAILURES = 3;

/** Polls the subjects of all pending waits together, in one shared loop that runs while there are any. */
export class Poller<T> {
	private pendingWaits: Array<PendingWait<T>> = [];
	private isRunning = false;

	constructor(private readonly options: PollerOptions<T>) {}

	/**
	 * Waits until the subject is done.
	 *
	 * @param timeoutMs in milliseconds
	 * @returns the subject as it was last polled: done, or pending if the time is up or the execution was stopped
	 * @throws a fatal error, or the last error if too many consecutive polls failed
	 */
	async wait(subject: T, timeoutMs: number): Promise<T> {
		return await new Promise((resolve, reject) => {
			const deadlineMs = Date.now() + timeoutMs;
			this.pendingWaits.push({ subject, deadlineMs, consecutiveFailures: 0, resolve, reject });
			if (!this.isRunning) void this.run();
		});
	}

	private async run(): Promise<void> {
		const { firstPollMs } = this.options;
		this.isRunning = true;
		let shouldContinue = firstPollMs === undefined || (await this.runRound(firstPollMs));
		let intervalMs = POLL_INTERVAL.initialMs;
		let elapsedMs = 0;
		while (shouldContinue && this.pendingWaits.length > 0) {
			shouldContinue = await this.runRound(intervalMs);
			elapsedMs += intervalMs;
			const proportionalMs = elapsedMs * POLL_INTERVAL.growthFactor;
			intervalMs = Math.min(Math.max(proportionalMs, POLL_INTERVAL.minMs), POLL_INTERVAL.maxMs);
		}
		for (const { resolve, subject } of this.pendingWaits) resolve(subject);
		this.pendingWaits = [];
		this.isRunning = false;
	}

	/** @returns false if the execution was stopped */
	private async runRound(intervalMs: number): Promise<boolean> {
		const nextDeadlineMs = Math.min(...this.pendingWaits.map(({ deadlineMs }) => deadlineMs));
		if (!(await this.options.delay(Math.min(intervalMs, nextDeadlineMs - Date.now())))) return false;
		const polledGroups = await Promise.all(this.groupWaits().map(async (waits) => await this.pollGroup(waits)));
		const nowMs = Date.now();
		const settledWaits = new Set(
			polledGroups.flat().flatMap(({ wait, update }) => (settle(wait, update, nowMs) ? wait : [])),
		);
		this.pendingWaits = this.pendingWaits.filter((wait) => !settledWaits.has(wait));
		return true;
	}

	private groupWaits(): Array<Array<PendingWait<T>>> {
		const { groupKey = () => '' } = this.options;
		const groups = new Map<string, Array<PendingWait<T>>>();
		for (const wait of this.pendingWaits) {
			const key = groupKey(wait.subject);
			const group = groups.get(key);
			if (group) group.push(wait);
			else groups.set(key, [wait]);
		}
		return [...groups.values()];
	}

	private async pollGroup(
		waits: Array<PendingWait<T>>,
	): Promise<Array<{ wait: PendingWait<T>; update?: PollUpdate<T> }>> {
		try {
			const updates = await this.options.poll(waits.map(({ subject }) => subject));
			return waits.map((wait, index) => ({ wait, update: updates[index] }));
		} catch (error) {
			return waits.map((wait) => ({ wait, update: { error } }));
		}
	}
}

/** @returns whether the wait is over */
function settle<T>(wait: PendingWait<T>, update: PollUpdate<T> | undefined, nowMs: number): boolean {
	if (update?.subject !== undefined) wait.subject = update.subject;
	const hasFailed = update !== undefined && 'error' in update;
	wait.consecutiveFailures = hasFailed ? wait.consecutiveFailures + 1 : 0;
	if (hasFailed && (update.isFatal === true || wait.consecutiveFailures > MAX_CONSECUTIVE_FAILURES)) {
		wait.reject(update.error);
		return true;
	}
	const isDone = update !== undefined && 'isDone' in update && update.isDone;
	if (!isDone && nowMs < wait.deadlineMs) return false;
	wait.resolve(wait.subject);
	return true;
}
