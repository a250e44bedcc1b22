import type { Livestream } from '../api/decode';
import { RECORDING_WINDOW_MS, recordingExpiresMs } from '../livestream/recordingWindow';
import type { StreamEvent } from './events';

/** The trigger state of live streams, as pure functions of the last state and a poll. Times in epoch milliseconds. */

/** How long to retain a broadcast that is over, and how many per stream. */
const RETENTION_MS = 2 * RECORDING_WINDOW_MS;
const MAX_BROADCASTS = 20;
/** A recording that starts this much later than a broadcast belongs to another broadcast. */
const NEXT_BROADCAST_GAP_MS = 5 * 60 * 1000;
/** After this many polls in a row without it, a stream counts as deleted. */
const MAX_MISSED_POLLS = 3;

/** One live period of a stream. */
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

/** The broadcasts of each stream by its ID, the latest one last. A stream that was never seen live has none. */
export type Broadcasts = ReadonlyMap<string, Broadcast[]>;

/** A live stream as returned to a poll. */
export interface StreamSnapshot {
	stream: Livestream;
	/** The times in the playlist of its recording, if it was fetched. */
	recording?: { startMs?: number; endMs?: number };
	/** Whether its details are needed but could not be fetched. */
	isUnreadable?: true;
}

export interface PollSnapshot {
	streams: ReadonlyMap<string, StreamSnapshot>;
	/** The time before the first request, and the time after the list was received. */
	requestedMs: number;
	now: number;
	/** Whether n8n may have been down since the state was saved. */
	stateMayBeStale: boolean;
	/** How long before a recording expires to emit the event; 0: never. */
	warnMs: number;
}

export interface Transition {
	event: StreamEvent;
	streamId: string;
	broadcast: Broadcast;
}

/** Whether a list does not contain enough to derive the events of a stream. */
export function needsDetails(
	broadcasts: Broadcast[] | undefined,
	{ stream, isUnreadable }: StreamSnapshot,
	poll: PollSnapshot,
): boolean {
	if (isUnreadable) return false;
	const { phase } = stream;
	return phase === 'live' || (phase === 'off' && isLive(broadcasts?.at(-1))) || isAnyDue(broadcasts, poll);
}

type Expiring = Pick<Broadcast, 'startMs' | 'expiryHandled'>;

/** Whether an expiry warning is due for any of the broadcasts. */
export function isAnyDue(broadcasts: Expiring[] | undefined, poll: PollSnapshot): boolean {
	return broadcasts?.some((broadcast) => isDue(broadcast, poll)) === true;
}

function isDue({ startMs, expiryHandled }: Expiring, { now, warnMs }: PollSnapshot): boolean {
	const expiresMs = recordingExpiresMs(startMs);
	return !expiryHandled && warnMs > 0 && now >= expiresMs - warnMs && now < expiresMs;
}

/**
 * Applies a poll to the state.
 *
 * @param previous not modified
 * @returns the next state, and its changes
 */
export function applySnapshot(
	previous: Broadcasts,
	poll: PollSnapshot,
): { broadcasts: Broadcasts; changes: Transition[] } {
	const broadcasts = new Map<string, Broadcast[]>();
	const changes: Transition[] = [];
	for (const streamId of new Set([...previous.keys(), ...poll.streams.keys()])) {
		const snapshot = poll.streams.get(streamId);
		const earlier = previous.get(streamId) ?? [];
		const last = earlier.at(-1);
		const advanced = snapshot ? advance(last, snapshot, poll) : markMissing(last, poll);
		const all = [...earlier.slice(0, -1), ...advanced.broadcasts];
		const warned =
			snapshot && !snapshot.isUnreadable ? markExpiring(all, snapshot, poll) : { broadcasts: all, changes: [] };
		changes.push(...[...advanced.changes, ...warned.changes].map((change) => ({ ...change, streamId })));
		const retained = warned.broadcasts.filter((broadcast, index) =>
			shouldRetain(broadcast, poll, index === all.length - 1),
		);
		if (retained.length > 0) broadcasts.set(streamId, retained.slice(-MAX_BROADCASTS));
	}
	return { broadcasts, changes };
}

/** Broadcasts after a poll, and what changed. */
interface Advanced {
	broadcasts: Broadcast[];
	changes: Array<Omit<Transition, 'streamId'>>;
}

/** Handles the due expiry warnings. A stream without a recording has none. */
function markExpiring(broadcasts: Broadcast[], { stream }: StreamSnapshot, poll: PollSnapshot): Advanced {
	const due = broadcasts.filter((broadcast) => isDue(broadcast, poll));
	return {
		broadcasts: broadcasts.map((broadcast) =>
			due.includes(broadcast) ? { ...broadcast, expiryHandled: true } : broadcast,
		),
		changes: stream.recorded === false ? [] : due.map((broadcast) => ({ event: 'recordingExpiresSoon', broadcast })),
	};
}

/** Advances the last broadcast of a stream: as it is, ended, or followed by another one. */
function advance(last: Broadcast | undefined, snapshot: StreamSnapshot, poll: PollSnapshot): Advanced {
	if (snapshot.isUnreadable) return unchanged(last && carryOver(last, snapshot, poll));
	switch (snapshot.stream.phase) {
		case 'live':
			return advanceLive(last, snapshot.stream, poll);
		case 'off':
			return isLive(last) ? close(last, poll, snapshot.recording) : unchanged(last);
		default:
			return unchanged(last && { ...last, missedPolls: 0 });
	}
}

/**
 * Carries a broadcast over a poll that could not read its stream: a later poll emits its events. If no exact end is
 * known then, the stream counts as live for as long as its state was unknown.
 */
function carryOver(
	last: Broadcast,
	{ stream }: StreamSnapshot,
	{ requestedMs, stateMayBeStale }: PollSnapshot,
): Broadcast {
	const mayBeLive = stateMayBeStale || stream.phase !== 'off';
	return { ...last, missedPolls: 0, ...(mayBeLive && { lastSeenMs: requestedMs }) };
}

function advanceLive(last: Broadcast | undefined, stream: Livestream, poll: PollSnapshot): Advanced {
	const { title, activeSinceMs } = stream;
	const start = { startMs: activeSinceMs ?? poll.now, startIsExact: activeSinceMs !== null };
	const current = { title, lastSeenMs: poll.requestedMs, missedPolls: 0 };
	if (last && isSameBroadcast(last, activeSinceMs)) {
		const { endMs: _, endIsExact: __, ...broadcast } = last;
		return unchanged({ ...broadcast, ...(activeSinceMs !== null && start), ...current });
	}
	const broadcast: Broadcast = { ...start, ...current, expiryHandled: false };
	// The stream may have stopped and restarted since the last poll.
	const ended = isLive(last) ? close(last, { ...poll, now: start.startMs }) : unchanged(last);
	return {
		broadcasts: [...ended.broadcasts, broadcast],
		changes: [...ended.changes, { event: 'livestreamWentLive', broadcast }],
	};
}

/** @param activeSinceMs the start of the current broadcast, if the API reports it */
function isSameBroadcast(last: Broadcast, activeSinceMs: number | null): boolean {
	if (last.startIsExact && activeSinceMs !== null) return activeSinceMs === last.startMs;
	return isLive(last);
}

/** A missing stream may be back at the next poll; one that stays missing was deleted. */
function markMissing(last: Broadcast | undefined, poll: PollSnapshot): Advanced {
	if (!isLive(last)) return unchanged(last);
	const missedPolls = last.missedPolls + 1;
	if (missedPolls < MAX_MISSED_POLLS) return unchanged({ ...last, missedPolls });
	return close(last, { ...poll, stateMayBeStale: false });
}

/**
 * Ends a broadcast. Uses the recording's end time. Without one, uses the last poll that saw the stream live, or now if
 * n8n may have been down in between.
 */
function close(
	last: Broadcast,
	{ now, stateMayBeStale }: PollSnapshot,
	recording: StreamSnapshot['recording'] = {},
): Advanced {
	const { startMs, startIsExact } = last;
	const broadcast = { ...last, missedPolls: 0 };
	const recordingStartMs = recording.startMs ?? startMs;
	if (
		recording.endMs === undefined ||
		recording.endMs <= startMs ||
		recordingStartMs > startMs + NEXT_BROADCAST_GAP_MS
	) {
		broadcast.endMs = Math.max(stateMayBeStale ? now : last.lastSeenMs, startMs);
	} else {
		broadcast.endMs = recording.endMs;
		broadcast.endIsExact = true;
		if (!startIsExact && recording.startMs !== undefined && recording.startMs <= startMs) {
			broadcast.startMs = recording.startMs;
			broadcast.startIsExact = true;
		}
	}
	return { broadcasts: [broadcast], changes: [{ event: 'livestreamEnded', broadcast }] };
}

function unchanged(last: Broadcast | undefined): Advanced {
	return { broadcasts: last ? [last] : [], changes: [] };
}

function isLive(broadcast: Broadcast | undefined): broadcast is Broadcast {
	return broadcast !== undefined && broadcast.endMs === undefined;
}

function shouldRetain(broadcast: Broadcast, { now, warnMs }: PollSnapshot, isLast: boolean): boolean {
	const { endMs, startMs, expiryHandled } = broadcast;
	if (endMs === undefined) return true;
	return now - startMs < RETENTION_MS && (isLast || (warnMs > 0 && !expiryHandled));
}
