import type { Livestream } from '../api/types';
import { RECORDING_WINDOW_MS } from '../clip/timeRange';
import { phaseOf } from '../livestream/status';
import { stringOrNull } from '../utils/values';
import type { StreamEvent } from './events';

/** What is remembered of the live streams: pure functions of what was known and what is seen. Times in epoch milliseconds. */

/** How long a broadcast is remembered that is over, and how many of one stream. */
const RETENTION_MS = 2 * RECORDING_WINDOW_MS;
const MAX_BROADCASTS = 20;
/** A recording that begins by so much later than a broadcast is that of another one. */
const NEXT_BROADCAST_GAP_MS = 5 * 60 * 1000;
/** In how many polls in a row a stream may be missing before it counts as gone. */
const MISSING_POLLS = 3;

/** A time in which a stream was live. */
export interface Broadcast {
	title: string | undefined;
	startMs: number;
	/** Whether the API told the start; else it is when the stream was first seen live. */
	startIsExact: boolean;
	/** When it was last seen live, or could not be read. */
	lastSeenMs: number;
	/** In how many polls in a row its stream was not there. */
	missedPolls: number;
	/** Not set: it is live. */
	endMs?: number;
	/** Whether the recording told the end. */
	endIsExact?: boolean;
	/** Whether nothing is to be said any more of its recording, which expires. */
	expiryHandled: boolean;
}

/** The broadcasts of each stream by the stream's ID, the last one at the end. A stream that was never seen live has none. */
export type Broadcasts = ReadonlyMap<string, Broadcast[]>;

/** A live stream as a poll sees it. */
export interface StreamSnapshot {
	stream: Livestream;
	/** null: not known. */
	recorded: boolean | null;
	/** What the playlist of its recording tells, where it was asked. */
	recording?: { startMs?: number; endMs?: number };
	/** Whether what must be known of it could not be read. */
	isUnreadable?: true;
}

export interface PollSnapshot {
	streams: ReadonlyMap<string, StreamSnapshot>;
	/** Before anything was asked, and after. */
	requestedMs: number;
	now: number;
	/** Whether nobody looked for a while that may have been long, as n8n was not running. */
	stateMayBeStale: boolean;
	/** How long before a recording is deleted to tell so; 0: never. */
	warnMs: number;
}

export interface Transition {
	event: StreamEvent;
	streamId: string;
	broadcast: Broadcast;
}

/** Whether more must be known of a stream than a list tells, to say what has become of it. */
export function needsDetails(broadcasts: Broadcast[] | undefined, { stream, isUnreadable }: StreamSnapshot, look: PollSnapshot): boolean {
	if (isUnreadable) return false;
	const phase = phaseOf(stream.status);
	return phase === 'live' || (phase === 'off' && isLive(broadcasts?.at(-1))) || isAnyDue(broadcasts, look);
}

/** Whether it is time to tell that a recording of a stream expires. */
export function isAnyDue(broadcasts: Array<Pick<Broadcast, 'startMs' | 'expiryHandled'>> | undefined, look: PollSnapshot): boolean {
	return broadcasts?.some((broadcast) => isDue(broadcast, look)) === true;
}

function isDue({ startMs, expiryHandled }: Pick<Broadcast, 'startMs' | 'expiryHandled'>, { now, warnMs }: PollSnapshot): boolean {
	const expiresMs = startMs + RECORDING_WINDOW_MS;
	return !expiryHandled && warnMs > 0 && now >= expiresMs - warnMs && now < expiresMs;
}

/**
 * What is known of the streams after a look at them, and what has changed.
 *
 * @param before what was known; it stays as it is
 */
export function applySnapshot(before: Broadcasts, look: PollSnapshot): { broadcasts: Broadcasts; changes: Transition[] } {
	const broadcasts = new Map<string, Broadcast[]>();
	const changes: Transition[] = [];
	for (const streamId of new Set([...before.keys(), ...look.streams.keys()])) {
		const snapshot = look.streams.get(streamId);
		const earlier = before.get(streamId) ?? [];
		const last = earlier.at(-1);
		const followed = snapshot ? advance(last, snapshot, look) : markMissing(last, look);
		const all = [...earlier.slice(0, -1), ...followed.broadcasts];
		const expiryHandled = snapshot && !snapshot.isUnreadable ? markExpiring(all, snapshot, look) : { broadcasts: all, changes: [] };
		changes.push(...[...followed.changes, ...expiryHandled.changes].map((change) => ({ ...change, streamId })));
		const kept = expiryHandled.broadcasts.filter((broadcast, index) => shouldRetain(broadcast, look, index === all.length - 1));
		if (kept.length > 0) broadcasts.set(streamId, kept.slice(-MAX_BROADCASTS));
	}
	return { broadcasts, changes };
}

/** What has become of the last broadcast of a stream: the broadcast as it is now, and another one where it has begun. */
interface Advanced {
	broadcasts: Broadcast[];
	changes: Array<Omit<Transition, 'streamId'>>;
}

/** Says that recordings expire. A stream that is not recorded has nothing that could. */
function markExpiring(broadcasts: Broadcast[], { recorded }: StreamSnapshot, look: PollSnapshot): Advanced {
	const due = broadcasts.filter((broadcast) => isDue(broadcast, look));
	return {
		broadcasts: broadcasts.map((broadcast) => (due.includes(broadcast) ? { ...broadcast, expiryHandled: true } : broadcast)),
		changes: recorded === false ? [] : due.map((broadcast) => ({ event: 'recordingExpiresSoon', broadcast })),
	};
}

function advance(last: Broadcast | undefined, snapshot: StreamSnapshot, look: PollSnapshot): Advanced {
	if (snapshot.isUnreadable) return unchanged(last && carryOver(last, snapshot, look));
	switch (phaseOf(snapshot.stream.status)) {
		case 'live':
			return advanceLive(last, snapshot.stream, look);
		case 'off':
			return isLive(last) ? close(last, look, snapshot.recording) : unchanged(last);
		default:
			return unchanged(last && { ...last, missedPolls: 0 });
	}
}

/**
 * What happens to a stream that cannot be read is told once it can be. Where it ended in between and nothing tells when, it
 * is taken to have been live as long as nobody knew.
 */
function carryOver(last: Broadcast, { stream }: StreamSnapshot, { requestedMs, stateMayBeStale }: PollSnapshot): Broadcast {
	const mayBeLive = stateMayBeStale || phaseOf(stream.status) !== 'off';
	return { ...last, missedPolls: 0, ...(mayBeLive && { lastSeenMs: requestedMs }) };
}

function advanceLive(last: Broadcast | undefined, stream: Livestream, look: PollSnapshot): Advanced {
	const title = stringOrNull(stream.title) ?? undefined;
	const told = typeof stream.activeSince === 'number' ? stream.activeSince : undefined;
	const start = { startMs: told ?? look.now, startIsExact: told !== undefined };
	const seen = { title, lastSeenMs: look.requestedMs, missedPolls: 0 };
	if (last && isSameBroadcast(last, told)) {
		const { endMs: _, endIsExact: __, ...broadcast } = last;
		return unchanged({ ...broadcast, ...(told !== undefined && start), ...seen });
	}
	const broadcast: Broadcast = { ...start, ...seen, expiryHandled: false };
	// It may have stopped and started again since the last look.
	const before = isLive(last) ? close(last, { ...look, now: start.startMs }) : unchanged(last);
	return {
		broadcasts: [...before.broadcasts, broadcast],
		changes: [...before.changes, { event: 'livestreamWentLive', broadcast }],
	};
}

/** @param told when the stream that is live now went live, where the API tells */
function isSameBroadcast(last: Broadcast, told: number | undefined): boolean {
	if (last.startIsExact && told !== undefined) return told === last.startMs;
	return isLive(last);
}

/** A stream that is missing once may be back at the next poll; one that stays away is deleted. */
function markMissing(last: Broadcast | undefined, look: PollSnapshot): Advanced {
	if (!isLive(last)) return unchanged(last);
	const missedPolls = last.missedPolls + 1;
	return missedPolls < MISSING_POLLS ? unchanged({ ...last, missedPolls }) : close(last, { ...look, stateMayBeStale: false });
}

/**
 * When a stream ended, its recording tells. Without that, it is known to have been live when it was last seen; after a
 * time in which nobody looked, that says nothing.
 */
function close(last: Broadcast, { now, stateMayBeStale }: PollSnapshot, recording: StreamSnapshot['recording'] = {}): Advanced {
	const { startMs, startIsExact } = last;
	const broadcast = { ...last, missedPolls: 0 };
	const beganMs = recording.startMs ?? startMs;
	if (recording.endMs === undefined || recording.endMs <= startMs || beganMs > startMs + NEXT_BROADCAST_GAP_MS) {
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
	return endMs === undefined || (now - startMs < RETENTION_MS && (isLast || (warnMs > 0 && !expiryHandled)));
}
