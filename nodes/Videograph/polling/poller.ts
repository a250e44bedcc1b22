import type { VideographClient } from '../api/client';
import { onAbort, raceAbort } from '../utils/abort';
import { delay } from '../utils/delay';

/** The result of polling one subject. */
export type PollUpdate<T> =
	| { subject: T; isDone: boolean }
	/** The poll failed. `isFatal`: polling again cannot succeed. */
	| { subject?: T; error: unknown; isFatal?: boolean };

/**
 * Polls subjects once.
 *
 * @param client of one of the executions that wait
 * @returns an update for each subject, in the same order
 * @throws an error that all of the subjects share
 */
export type Poll<T> = (subjects: T[], client: VideographClient) => Promise<Array<PollUpdate<T>>>;

export interface PollerOptions<T> {
	/** Creates the poll of a group, which may have a state. */
	createPoll: () => Poll<T>;
	/** Subjects with the same key are polled together. By default, all of them are. */
	groupKey?: (subject: T) => string;
	/** The delay before an extra first poll, in milliseconds, for subjects that may already be done. */
	firstPollMs?: number;
}

/** An execution that waits. */
export interface WaitingExecution {
	client: VideographClient;
	/** Aborts when the execution is stopped or ends. */
	signal: AbortSignal;
	/** How long its requests may wait for the rate limit, in milliseconds. */
	maxRateLimitWaitMs: number;
}

/** The wait of an execution for a subject. Times are in epoch milliseconds. */
interface PendingWait<T> {
	subject: T;
	execution: WaitingExecution;
	startMs: number;
	/** When the subject was last polled; the start if it never was. */
	polledMs: number;
	/** When the subject should be polled. */
	dueMs: number;
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
/** In milliseconds. */
const MIN_ROUND_INTERVAL_MS = 375;
/** A round includes waits that are due soon: within a share of their elapsed time, in milliseconds. */
const DUE_SOON = { factor: 0.25, maxMs: 1000 };
const MAX_CONSECUTIVE_FAILURES = 3;
/** How long after its deadline a wait ends without the round in progress, in milliseconds. */
const MAX_OVERTIME_MS = 5000;

/** Polls the subjects of all pending waits of a group together, whichever executions they belong to. */
export class Poller<T> {
	private readonly groups = new Map<string, PollGroup<T>>();

	constructor(private readonly options: PollerOptions<T>) {}

	/**
	 * Waits until the subject is done.
	 *
	 * @param timeoutMs in milliseconds
	 * @returns the subject as it was last polled: done, or pending if the time is up or the execution was stopped
	 * @throws a fatal error, or the last error if too many consecutive polls failed
	 */
	async wait(subject: T, timeoutMs: number, execution: WaitingExecution): Promise<T> {
		const { createPoll, groupKey = () => '', firstPollMs = POLL_INTERVAL.initialMs } = this.options;
		const key = groupKey(subject);
		const group = this.groups.get(key) ?? new PollGroup(createPoll, () => this.groups.delete(key));
		this.groups.set(key, group);
		return await new Promise((resolve, reject) => {
			const startMs = Date.now();
			const times = { startMs, polledMs: startMs, dueMs: startMs + firstPollMs, deadlineMs: startMs + timeoutMs };
			group.add({ subject, execution, ...times, consecutiveFailures: 0, resolve, reject });
		});
	}
}

/** One loop that runs while there are pending waits. A round polls those due soon, with the client of one execution. */
class PollGroup<T> {
	/** Each with the function that stops to watch the signal of its execution. */
	private readonly waits = new Map<PendingWait<T>, () => void>();
	private lastRoundMs = -Infinity;
	/** The shortest wait until a subject was done, in milliseconds. The others may take about as long. */
	private doneAfterMs = Infinity;
	/** Ends the sleep of the loop. */
	private wake = new AbortController();
	private isRunning = false;

	private poll: Poll<T>;

	constructor(
		private readonly createPoll: () => Poll<T>,
		private readonly onEmpty: () => void,
	) {
		this.poll = createPoll();
	}

	add(wait: PendingWait<T>): void {
		const { signal } = wait.execution;
		const stop = () => {
			this.remove(wait);
			wait.resolve(wait.subject);
			this.wake.abort();
		};
		const removeAbort = onAbort(signal, stop);
		const ended = new AbortController();
		this.waits.set(wait, () => {
			removeAbort();
			ended.abort();
		});
		// The round may wait for the rate limit or the requests of other executions.
		void delay(wait.deadlineMs + MAX_OVERTIME_MS - Date.now(), ended.signal).then((isLate) => isLate && stop());
		if (signal.aborted) stop();
		if (this.isRunning) this.wake.abort();
		else void this.run();
	}

	private remove(wait: PendingWait<T>): void {
		this.waits.get(wait)?.();
		this.waits.delete(wait);
	}

	private async run(): Promise<void> {
		this.isRunning = true;
		while (this.waits.size > 0) {
			this.wake = new AbortController();
			if (await delay(this.nextRoundMs() - Date.now(), this.wake.signal)) await this.runRound();
		}
		this.isRunning = false;
		this.onEmpty();
	}

	/** When a wait is due or ends. Rounds have a minimum interval, except at a deadline. */
	private nextRoundMs(): number {
		const earliestMs = this.lastRoundMs + MIN_ROUND_INTERVAL_MS;
		const times = [...this.waits.keys()].map((wait) =>
			Math.min(Math.max(this.dueMs(wait), earliestMs), wait.deadlineMs),
		);
		return Math.min(...times);
	}

	private async runRound(): Promise<void> {
		const waits = [...this.waits.keys()].filter((wait) => this.isDueSoon(wait, Date.now()));
		// The most patient execution, so that no wait fails because another one does not accept a rate limit.
		const [execution] = waits.map((wait) => wait.execution).sort((a, b) => b.maxRateLimitWaitMs - a.maxRateLimitWaitMs);
		if (!execution) return;
		const updates = await raceAbort(this.pollAll(waits, execution.client), execution.signal);
		if (!updates) {
			// The execution was stopped: another one polls at once, without the requests of the first.
			this.poll = this.createPoll();
			return;
		}
		const nowMs = Date.now();
		this.lastRoundMs = nowMs;
		waits.forEach(({ startMs }, index) => {
			if (isDone(updates[index])) this.doneAfterMs = Math.min(this.doneAfterMs, nowMs - startMs);
		});
		waits.forEach((wait, index) => {
			if (this.waits.has(wait) && settle(wait, updates[index], nowMs)) this.remove(wait);
		});
	}

	private dueMs({ startMs, polledMs, dueMs }: PendingWait<T>): number {
		const expectedMs = startMs + this.doneAfterMs;
		return expectedMs > polledMs ? Math.min(expectedMs, dueMs) : dueMs;
	}

	private isDueSoon(wait: PendingWait<T>, nowMs: number): boolean {
		const toleranceMs = Math.min((nowMs - wait.startMs) * DUE_SOON.factor, DUE_SOON.maxMs);
		return Math.min(this.dueMs(wait), wait.deadlineMs) <= nowMs + toleranceMs;
	}

	private async pollAll(waits: Array<PendingWait<T>>, client: VideographClient): Promise<Array<PollUpdate<T>>> {
		try {
			const subjects = waits.map(({ subject }) => subject);
			return await this.poll(subjects, client);
		} catch (error) {
			return waits.map(() => ({ error }));
		}
	}
}

function isDone<T>(update: PollUpdate<T> | undefined): boolean {
	return update !== undefined && 'isDone' in update && update.isDone;
}

/** @returns whether the wait is over */
function settle<T>(wait: PendingWait<T>, update: PollUpdate<T> | undefined, nowMs: number): boolean {
	wait.polledMs = nowMs;
	if (update?.subject !== undefined) wait.subject = update.subject;
	const hasFailed = update !== undefined && 'error' in update;
	wait.consecutiveFailures = hasFailed ? wait.consecutiveFailures + 1 : 0;
	if (hasFailed && (update.isFatal === true || wait.consecutiveFailures > MAX_CONSECUTIVE_FAILURES)) {
		wait.reject(update.error);
		return true;
	}
	if (!isDone(update) && nowMs < wait.deadlineMs) {
		const { initialMs, minMs, growthFactor, maxMs } = POLL_INTERVAL;
		const intervalMs = Math.min(Math.max((nowMs - wait.startMs) * growthFactor, minMs), maxMs);
		wait.dueMs = Math.max(wait.startMs + initialMs, nowMs + intervalMs);
		return false;
	}
	wait.resolve(wait.subject);
	return true;
}
