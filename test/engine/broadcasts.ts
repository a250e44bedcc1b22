import type { Stream } from '../emulator';

/** One live period of a stream, in epoch milliseconds. */
export interface Broadcast {
	startMs: number;
	endMs: number;
}

export type StreamEvent = 'livestreamWentLive' | 'livestreamEnded' | 'recordingExpiresSoon';

const HOUR_MS = 60 * 60 * 1000;
const RECORDING_WINDOW_MS = 12 * HOUR_MS;

/** A stream with its consecutive broadcasts, and the events that a faultless trigger emits for it. */
export class BroadcastModel {
	/** The expected events, in order. */
	readonly expected: string[] = [];
	/** The broadcasts that a poll saw, the latest one last. */
	private readonly polled: Array<Broadcast & { isOver: boolean; warned: boolean; observedStartMs: number }> = [];
	/** Whether no poll has succeeded yet. */
	private isFirst = true;

	constructor(
		private readonly stream: Stream,
		private readonly broadcasts: Broadcast[],
		private readonly reportsStart: boolean,
	) {}

	/** Moves the stream to its state at that time. */
	moveTo(now: number): void {
		const last = this.broadcasts.findLast(({ startMs }) => startMs <= now);
		this.stream.startedAt = last?.startMs ?? null;
		this.stream.endedAt = last?.endMs ?? null;
	}

	/**
	 * Adds the events of a poll that succeeds.
	 *
	 * @param now the time of the service
	 * @param clock the time of n8n's clock, which the expiry of recordings depends on
	 * @param isUnreadable whether the stream's details cannot be read: events that need them come later
	 */
	poll(now: number, clock: number, isUnreadable: boolean, events: StreamEvent[], warnMs: number): void {
		const expectEvent = (event: StreamEvent): void => {
			if (events.includes(event)) this.expected.push(event);
		};
		const isDue = ({ observedStartMs, warned }: (typeof this.polled)[number]): boolean =>
			!warned &&
			clock >= observedStartMs + RECORDING_WINDOW_MS - warnMs &&
			clock < observedStartMs + RECORDING_WINDOW_MS;
		const live = this.broadcasts.find(({ startMs, endMs }) => startMs <= now && now < endMs);
		const last = this.polled.at(-1);
		const needsDetails = live !== undefined || last?.isOver === false || this.polled.some(isDue);
		if (isUnreadable && needsDetails) return;
		const continues = live && last && !last.isOver && (!this.reportsStart || last.startMs === live.startMs);
		if (last && !last.isOver && !continues) {
			last.isOver = true;
			expectEvent('livestreamEnded');
		}
		if (live && !continues) {
			this.polled.push({
				...live,
				isOver: false,
				warned: false,
				observedStartMs: this.reportsStart ? live.startMs : clock,
			});
			if (!this.isFirst) expectEvent('livestreamWentLive');
		}
		this.isFirst = false;
		for (const broadcast of this.polled.filter(isDue)) {
			broadcast.warned = true;
			expectEvent('recordingExpiresSoon');
		}
	}
}
