import type { Stream } from '../emulator';

/** A time in which a stream is live, in epoch milliseconds. */
export interface Broadcast {
	startMs: number;
	endMs: number;
}

export type StreamEvent = 'livestreamWentLive' | 'livestreamEnded' | 'recordingExpiresSoon';

const HOUR_MS = 60 * 60 * 1000;
const RECORDING_WINDOW_MS = 12 * HOUR_MS;

/** A stream with its broadcasts one after the other, and what a trigger that never fails would have told of it. */
export class BroadcastModel {
	/** What is to be told, in the order in which it is. */
	readonly expected: string[] = [];
	/** The broadcasts that were seen, the last one at the end. */
	private readonly seen: Array<Broadcast & { isOver: boolean; warned: boolean; knownStartMs: number }> = [];
	/** Whether nobody has looked yet. */
	private isFirst = true;

	constructor(
		private readonly stream: Stream,
		private readonly broadcasts: Broadcast[],
		private readonly isStartReported: boolean,
	) {}

	/** Brings the stream to what it is at that time. */
	moveTo(now: number): void {
		const last = this.broadcasts.findLast(({ startMs }) => startMs <= now);
		this.stream.startedAt = last?.startMs ?? null;
		this.stream.endedAt = last?.endMs ?? null;
	}

	/**
	 * What a look that succeeds has to tell.
	 *
	 * @param now the time of the service
	 * @param clock the time that n8n's clock shows, from which it counts when a recording expires
	 * @param isUnreadable whether the stream's details cannot be read: what they are needed for is told later
	 */
	poll(now: number, clock: number, isUnreadable: boolean, events: StreamEvent[], warnMs: number): void {
		const emit = (event: StreamEvent): void => {
			if (events.includes(event)) this.expected.push(event);
		};
		const isDue = ({ knownStartMs, warned }: (typeof this.seen)[number]): boolean =>
			!warned && clock >= knownStartMs + RECORDING_WINDOW_MS - warnMs && clock < knownStartMs + RECORDING_WINDOW_MS;
		const live = this.broadcasts.find(({ startMs, endMs }) => startMs <= now && now < endMs);
		const last = this.seen.at(-1);
		const needsDetails = live !== undefined || last?.isOver === false || this.seen.some(isDue);
		if (isUnreadable && needsDetails) return;
		const goesOn = live && last && !last.isOver && (!this.isStartReported || last.startMs === live.startMs);
		if (last && !last.isOver && !goesOn) {
			last.isOver = true;
			emit('livestreamEnded');
		}
		if (live && !goesOn) {
			this.seen.push({ ...live, isOver: false, warned: false, knownStartMs: this.isStartReported ? live.startMs : clock });
			if (!this.isFirst) emit('livestreamWentLive');
		}
		this.isFirst = false;
		for (const broadcast of this.seen.filter(isDue)) {
			broadcast.warned = true;
			emit('recordingExpiresSoon');
		}
	}
}
