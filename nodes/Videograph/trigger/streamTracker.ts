import type { Livestream } from '../api/decode';
import { RECORDING_WINDOW_MS, recordingExpiresMs } from '../livestream/recordingTimes';
import type { StreamEvent } from './fields';

/** How long to retain a broadcast that is over, and how many per stream. */
const RETENTION_MS = 2 * RECORDING_WINDOW_MS;
const MAX_BROADCASTS = 20;
/** A recording that starts this much later than a broadcast belongs to another broadcast. */
const NEXT_BROADCAST_GAP_MS = 5 * 60 * 1000;
/** After this many polls in a row without it, a stream counts as deleted. */
const MAX_MISSED_POLLS = 3;

/** One live period of a stream. Times in epoch milliseconds. */
export interface Broadcast {
	title: string | null;
	startMs: number;
	/** Whether the API reported the start; else it is the first poll that saw the stream live. */
	startIsExact: boolean;
	/** The last poll that saw the stream live, or could not read it. */
	lastSeenMs: number;
	/** The number of polls in a row without the stream. */
	missedPolls: number;
	/** Not set while the stream is live. */
	endMs?: number;
	/** Whether the end is that of the recording. */
	endIsExact?: boolean;
	/** Whether the expiry warning has been handled. */
	expiryHandled: boolean;
}

/** The trigger state of a live stream. */
export interface TrackedStream {
	/** The latest one last. */
	broadcasts: Broadcast[];
	/** Whether no poll could read the stream since it is watched. */
	isUnread?: true;
}

/** A live stream as returned to a poll. */
export interface StreamSnapshot {
	stream: Livestream;
	/** The times in the playlist of its recording, if it was fetched. */
	recording?: { startMs?: number; endMs?: number };
	/** Whether it, or the details that it needs, could not be fetched. */
	isUnreadable?: true;
}

export interface StreamPoll {
	/** The time before the first request, in epoch milliseconds. */
	requestedMs: number;
	/** Whether n8n may have been down since the state was saved. */
	stateMayBeStale: boolean;
	/** How long before a recording expires to emit the event, in milliseconds; 0: never. */
	warnMs: number;
	/** Whether to emit events for streams that were live before they were watched. */
	includeExisting: boolean;
}

export interface StreamChange {
	event: StreamEvent;
	broadcast: Broadcast;
}

/** Follows a live stream from poll to poll: what it is doing, and which events follow. */
export class StreamTracker {
	private broadcasts: Broadcast[];
	private readonly changes: StreamChange[] = [];
	private readonly now = Date.now();

	/**
	 * Is created after the list was received, so that a stream in it was live before.
	 *
	 * @param tracked its state after the last poll, which is not modified
	 * @param isBaseline whether it may have been live before it was watched, so that going live is not new
	 */
	constructor(
		private readonly tracked: TrackedStream | undefined,
		private isBaseline: boolean,
		private readonly poll: StreamPoll,
	) {
		this.broadcasts = tracked?.broadcasts ?? [];
	}

	/** Whether the last broadcast is not over, as far as is known. */
	get isLive(): boolean {
		return this.last !== undefined && this.last.endMs === undefined;
	}

	/**
	 * Whether its list entry is not sufficient. It may lack the start of the current broadcast, which shows whether the
	 * stream restarted since the last poll, and the URL of the recording.
	 */
	needsDetails({ stream: { phase }, isUnreadable }: StreamSnapshot): boolean {
		if (isUnreadable) return false;
		return phase === 'live' || (phase === 'off' && this.isLive) || this.broadcasts.some((one) => this.isExpiring(one));
	}

	/**
	 * @param snapshot undefined if the poll did not return the stream
	 * @returns what has changed since the last poll
	 */
	apply(snapshot: StreamSnapshot | undefined): StreamChange[] {
		if (!snapshot) this.countMissedPoll();
		else if (snapshot.isUnreadable) this.carryOver(snapshot.stream);
		else this.read(snapshot);
		if (!snapshot?.isUnreadable) this.isBaseline = false;
		return this.changes;
	}

	/** The state after the poll; undefined if there is nothing to store. */
	get state(): TrackedStream | undefined {
		const broadcasts = this.broadcasts.filter((broadcast) => this.shouldRetain(broadcast)).slice(-MAX_BROADCASTS);
		if (this.isBaseline) return { broadcasts, isUnread: true };
		return broadcasts.length > 0 ? { broadcasts } : undefined;
	}

	/** Whether this poll was the first one that could read the stream. */
	get isFirstRead(): boolean {
		return this.tracked?.isUnread === true && !this.isBaseline;
	}

	private get last(): Broadcast | undefined {
		return this.broadcasts.at(-1);
	}

	private read({ stream, recording }: StreamSnapshot): void {
		const { last } = this;
		if (stream.phase === 'live') this.readLive(stream);
		else if (last && stream.phase === 'off' && this.isLive) this.end(last, this.unseenEndMs(last), recording);
		else this.update({ missedPolls: 0 });

		const expiring = this.broadcasts.filter((broadcast) => this.isExpiring(broadcast));
		this.changes.push(...expiring.map((broadcast) => ({ event: 'recordingExpiresSoon' as const, broadcast })));
		this.broadcasts = this.broadcasts.map((broadcast) =>
			expiring.includes(broadcast) ? { ...broadcast, expiryHandled: true } : broadcast,
		);
	}

	private readLive({ title, activeSinceMs }: Livestream): void {
		const { requestedMs, includeExisting } = this.poll;
		const { last, now } = this;
		const start = { startMs: activeSinceMs ?? now, startIsExact: activeSinceMs !== null };
		const current = { title, lastSeenMs: requestedMs, missedPolls: 0 };
		const isSame = last?.startIsExact && start.startIsExact ? activeSinceMs === last.startMs : this.isLive;
		if (isSame) {
			this.update({ ...current, ...(start.startIsExact && start), endMs: undefined, endIsExact: undefined });
			return;
		}
		// The stream may have stopped and restarted since the last poll.
		if (last && this.isLive) this.end(last, this.unseenEndMs(last, start.startMs));
		const broadcast = { ...start, ...current, expiryHandled: false };
		this.broadcasts = [...this.broadcasts, broadcast];
		if (!this.isBaseline || includeExisting) this.changes.push({ event: 'livestreamWentLive', broadcast });
	}

	/**
	 * A later poll emits the events of a stream that this one could not read. If no exact end is known then, the stream
	 * counts as live for as long as its state was unknown.
	 */
	private carryOver({ phase }: Livestream): void {
		const { stateMayBeStale, requestedMs } = this.poll;
		const mayBeLive = stateMayBeStale || phase !== 'off';
		this.update({ missedPolls: 0, ...(mayBeLive && { lastSeenMs: requestedMs }) });
	}

	/** A missing stream may be back at the next poll; one that stays missing was deleted. */
	private countMissedPoll(): void {
		const { last } = this;
		if (!last || !this.isLive) return;
		const missedPolls = last.missedPolls + 1;
		if (missedPolls < MAX_MISSED_POLLS) this.update({ missedPolls });
		else this.end(last, last.lastSeenMs);
	}

	/** The end of a broadcast that no poll saw: when it was last seen live, or later if n8n may have been down since. */
	private unseenEndMs({ lastSeenMs }: Broadcast, latestMs = this.now): number {
		return this.poll.stateMayBeStale ? latestMs : lastSeenMs;
	}

	/** @param unseenEndMs the end to assume if the recording does not contain it */
	private end(last: Broadcast, unseenEndMs: number, recording: StreamSnapshot['recording'] = {}): void {
		const { startMs, startIsExact } = last;
		const recordingStartMs = recording.startMs ?? startMs;
		const isOfBroadcast = recordingStartMs <= startMs + NEXT_BROADCAST_GAP_MS;
		if (recording.endMs === undefined || recording.endMs <= startMs || !isOfBroadcast) {
			this.update({ missedPolls: 0, endMs: Math.max(unseenEndMs, startMs) });
		} else {
			const start = { startMs: recordingStartMs, startIsExact: true };
			const isStartKnown = startIsExact || recording.startMs === undefined || recordingStartMs > startMs;
			this.update({ missedPolls: 0, endMs: recording.endMs, endIsExact: true, ...(!isStartKnown && start) });
		}
		this.changes.push({ event: 'livestreamEnded', broadcast: this.last ?? last });
	}

	private update(changes: Partial<Broadcast>): void {
		const { last } = this;
		if (last) this.broadcasts = [...this.broadcasts.slice(0, -1), { ...last, ...changes }];
	}

	private isExpiring({ startMs, expiryHandled }: Broadcast): boolean {
		const { warnMs } = this.poll;
		const remainingMs = recordingExpiresMs(startMs) - this.now;
		return !expiryHandled && warnMs > 0 && remainingMs <= warnMs && remainingMs > 0;
	}

	private shouldRetain(broadcast: Broadcast): boolean {
		if (broadcast.endMs === undefined) return true;
		const mayExpire = this.poll.warnMs > 0 && !broadcast.expiryHandled;
		return this.now - broadcast.startMs < RETENTION_MS && (broadcast === this.last || mayExpire);
	}
}
