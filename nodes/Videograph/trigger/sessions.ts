import type { Livestream } from '../api/types';
import { RECORDING_KEPT_MS } from '../clip/timeRange';
import { phaseOf } from '../livestream/status';
import { textOrNull } from '../shared/values';
import type { StreamEvent } from './events';

/** What is remembered of the live streams: pure functions of what was known and what is seen. Times in epoch milliseconds. */

/** How long a session is remembered that is over, and how many of one stream. */
const REMEMBERED_MS = 2 * RECORDING_KEPT_MS;
const REMEMBERED = 20;
/** A recording that begins by so much later than a session is that of another one. */
const LATE_MS = 5 * 60 * 1000;
/** In how many polls in a row a stream may be missing before it counts as gone. */
const MISSING_POLLS = 3;

/** A time in which a stream was live. */
export interface Session {
	title: string | undefined;
	startMs: number;
	/** Whether the API told the start; else it is when the stream was first seen live. */
	startIsTold: boolean;
	/** When it was last seen live, or could not be read. */
	seenMs: number;
	/** In how many polls in a row its stream was not there. */
	missing: number;
	/** Not set: it is live. */
	endMs?: number;
	/** Whether the recording told the end. */
	endIsTold?: boolean;
	/** Whether nothing is to be said any more of its recording, which expires. */
	warned: boolean;
}

/** The sessions of each stream by the stream's ID, the last one at the end. A stream that was never seen live has none. */
export type Sessions = ReadonlyMap<string, Session[]>;

/** A live stream as a poll sees it. */
export interface Sighting {
	stream: Livestream;
	/** null: not known. */
	recorded: boolean | null;
	/** What the playlist of its recording tells, where it was asked. */
	recording?: { startMs?: number; endMs?: number };
	/** Whether what must be known of it could not be read. */
	isUnread?: true;
}

export interface Look {
	sightings: ReadonlyMap<string, Sighting>;
	/** Before anything was asked, and after. */
	askedMs: number;
	now: number;
	/** Whether nobody looked for a while that may have been long, as n8n was not running. */
	resumed: boolean;
	/** How long before a recording is deleted to tell so; 0: never. */
	warnMs: number;
}

export interface Change {
	what: StreamEvent;
	streamId: string;
	session: Session;
}

/** Whether more must be known of a stream than a list tells, to say what has become of it. */
export function asksForMore(sessions: Session[] | undefined, { stream, isUnread }: Sighting, look: Look): boolean {
	if (isUnread) return false;
	const phase = phaseOf(stream.status);
	return phase === 'live' || (phase === 'off' && isLive(sessions?.at(-1))) || isAnyDue(sessions, look);
}

/** Whether it is time to tell that a recording of a stream expires. */
export function isAnyDue(sessions: Array<Pick<Session, 'startMs' | 'warned'>> | undefined, look: Look): boolean {
	return sessions?.some((session) => isDue(session, look)) === true;
}

function isDue({ startMs, warned }: Pick<Session, 'startMs' | 'warned'>, { now, warnMs }: Look): boolean {
	const expiresMs = startMs + RECORDING_KEPT_MS;
	return !warned && warnMs > 0 && now >= expiresMs - warnMs && now < expiresMs;
}

/**
 * What is known of the streams after a look at them, and what has changed.
 *
 * @param before what was known; it stays as it is
 */
export function observe(before: Sessions, look: Look): { sessions: Sessions; changes: Change[] } {
	const sessions = new Map<string, Session[]>();
	const changes: Change[] = [];
	for (const streamId of new Set([...before.keys(), ...look.sightings.keys()])) {
		const sighting = look.sightings.get(streamId);
		const earlier = before.get(streamId) ?? [];
		const last = earlier.at(-1);
		const followed = sighting ? follow(last, sighting, look) : miss(last, look);
		const all = [...earlier.slice(0, -1), ...followed.sessions];
		const warned = sighting && !sighting.isUnread ? warn(all, sighting, look) : { sessions: all, changes: [] };
		changes.push(...[...followed.changes, ...warned.changes].map((change) => ({ ...change, streamId })));
		const kept = warned.sessions.filter((session, index) => isWorthKeeping(session, look, index === all.length - 1));
		if (kept.length > 0) sessions.set(streamId, kept.slice(-REMEMBERED));
	}
	return { sessions, changes };
}

/** What has become of the last session of a stream: the session as it is now, and another one where it has begun. */
interface Followed {
	sessions: Session[];
	changes: Array<Omit<Change, 'streamId'>>;
}

/** Says that recordings expire. A stream that is not recorded has nothing that could. */
function warn(sessions: Session[], { recorded }: Sighting, look: Look): Followed {
	const due = sessions.filter((session) => isDue(session, look));
	return {
		sessions: sessions.map((session) => (due.includes(session) ? { ...session, warned: true } : session)),
		changes: recorded === false ? [] : due.map((session) => ({ what: 'recordingExpiresSoon', session })),
	};
}

function follow(last: Session | undefined, sighting: Sighting, look: Look): Followed {
	if (sighting.isUnread) return unchanged(last && leave(last, sighting, look));
	switch (phaseOf(sighting.stream.status)) {
		case 'live':
			return followLive(last, sighting.stream, look);
		case 'off':
			return isLive(last) ? end(last, look, sighting.recording) : unchanged(last);
		default:
			return unchanged(last && { ...last, missing: 0 });
	}
}

/**
 * What happens to a stream that cannot be read is told once it can be. Where it ended in between and nothing tells when, it
 * is taken to have been live as long as nobody knew.
 */
function leave(last: Session, { stream }: Sighting, { askedMs, resumed }: Look): Session {
	const mayBeLive = resumed || phaseOf(stream.status) !== 'off';
	return { ...last, missing: 0, ...(mayBeLive && { seenMs: askedMs }) };
}

function followLive(last: Session | undefined, stream: Livestream, look: Look): Followed {
	const title = textOrNull(stream.title) ?? undefined;
	const told = typeof stream.activeSince === 'number' ? stream.activeSince : undefined;
	const start = { startMs: told ?? look.now, startIsTold: told !== undefined };
	const seen = { title, seenMs: look.askedMs, missing: 0 };
	if (last && isSame(last, told)) {
		const { endMs: _, endIsTold: __, ...session } = last;
		return unchanged({ ...session, ...(told !== undefined && start), ...seen });
	}
	const session: Session = { ...start, ...seen, warned: false };
	// It may have stopped and started again since the last look.
	const before = isLive(last) ? end(last, { ...look, now: start.startMs }) : unchanged(last);
	return {
		sessions: [...before.sessions, session],
		changes: [...before.changes, { what: 'livestreamWentLive', session }],
	};
}

/** @param told when the stream that is live now went live, where the API tells */
function isSame(last: Session, told: number | undefined): boolean {
	if (last.startIsTold && told !== undefined) return told === last.startMs;
	return isLive(last);
}

/** A stream that is missing once may be back at the next poll; one that stays away is deleted. */
function miss(last: Session | undefined, look: Look): Followed {
	if (!isLive(last)) return unchanged(last);
	const missing = last.missing + 1;
	return missing < MISSING_POLLS ? unchanged({ ...last, missing }) : end(last, { ...look, resumed: false });
}

/**
 * When a stream ended, its recording tells. Without that, it is known to have been live when it was last seen; after a
 * time in which nobody looked, that says nothing.
 */
function end(last: Session, { now, resumed }: Look, recording: Sighting['recording'] = {}): Followed {
	const { startMs, startIsTold } = last;
	const session = { ...last, missing: 0 };
	const beganMs = recording.startMs ?? startMs;
	if (recording.endMs === undefined || recording.endMs <= startMs || beganMs > startMs + LATE_MS) {
		session.endMs = Math.max(resumed ? now : last.seenMs, startMs);
	} else {
		session.endMs = recording.endMs;
		session.endIsTold = true;
		if (!startIsTold && recording.startMs !== undefined && recording.startMs <= startMs) {
			session.startMs = recording.startMs;
			session.startIsTold = true;
		}
	}
	return { sessions: [session], changes: [{ what: 'livestreamEnded', session }] };
}

function unchanged(last: Session | undefined): Followed {
	return { sessions: last ? [last] : [], changes: [] };
}

function isLive(session: Session | undefined): session is Session {
	return session !== undefined && session.endMs === undefined;
}

function isWorthKeeping(session: Session, { now, warnMs }: Look, isLast: boolean): boolean {
	const { endMs, startMs, warned } = session;
	return endMs === undefined || (now - startMs < REMEMBERED_MS && (isLast || (warnMs > 0 && !warned)));
}
