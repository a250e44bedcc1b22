import type { Livestream } from '../api/types';
import { textOrNull } from '../shared/values';
import type { StreamEvent } from './events';

/** What is remembered of the live streams: pure functions of what was known and what is seen. Times in epoch milliseconds. */

/** How long a recording is kept, counted from the start of its stream. */
export const RECORDING_KEPT_MS = 12 * 60 * 60 * 1000;
/** How long a session is remembered that is over. */
const REMEMBERED_MS = 2 * RECORDING_KEPT_MS;
/** In how many polls in a row a stream may be missing before it counts as gone. */
const MISSING_POLLS = 3;

/** A time in which a stream was live. */
export interface Session {
	title: string | undefined;
	startMs: number;
	/** Whether the API told the start; else it is when the stream was first seen live. */
	startIsTold: boolean;
	/** When it was last seen live. */
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

/** The last session of each stream, by the stream's ID. A stream that was never seen live has none. */
export type Sessions = Record<string, Session>;

/** A live stream as a poll sees it. */
export interface Sighting {
	stream: Livestream;
	/** null: not known. */
	recorded: boolean | null;
	/** What the playlist of its recording tells, where it was asked. */
	recording?: { startMs?: number; endMs?: number };
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

export type Phase = 'live' | 'off' | 'unknown';

const OFF: ReadonlySet<unknown> = new Set(['Idle', 'InActive', 'Failed', 'Deleting']);

/** What the status of a stream says: any other text than these may come before either. */
export function phaseOf(status: unknown): Phase {
	if (status === 'Active') return 'live';
	return OFF.has(status) ? 'off' : 'unknown';
}

/** Whether more must be known of a stream than a list tells, to say what has become of it. */
export function asksForMore(session: Session | undefined, { stream }: Sighting, look: Look): boolean {
	if (isDue(session, look)) return true;
	const phase = phaseOf(stream.status);
	return isLive(session) ? phase === 'off' || (phase === 'live' && look.resumed) : phase === 'live';
}

/** Whether it is time to tell that the recording of a session expires. */
export function isDue(session: Session | undefined, { now, warnMs }: Look): boolean {
	if (!session || session.warned || warnMs <= 0) return false;
	const expiresMs = session.startMs + RECORDING_KEPT_MS;
	return now >= expiresMs - warnMs && now < expiresMs;
}

/**
 * What is known of the streams after a look at them, and what has changed.
 *
 * @param before what was known; it stays as it is
 */
export function observe(before: Sessions, look: Look): { sessions: Sessions; changes: Change[] } {
	const known = new Map(Object.entries(before));
	const sessions = new Map<string, Session>();
	const changes: Change[] = [];
	for (const streamId of new Set([...known.keys(), ...look.sightings.keys()])) {
		const sighting = look.sightings.get(streamId);
		const followed = sighting ? follow(known.get(streamId), sighting, look) : miss(known.get(streamId), look);
		changes.push(...followed.changes.map((change) => ({ ...change, streamId })));
		const { session } = followed;
		if (session && isWorthKeeping(session, look.now)) sessions.set(streamId, session);
	}
	return { sessions: Object.fromEntries(sessions), changes };
}

interface Followed {
	session: Session | undefined;
	changes: Array<Omit<Change, 'streamId'>>;
}

function follow(known: Session | undefined, sighting: Sighting, look: Look): Followed {
	const { session, changes } = followPhase(known, sighting, look);
	if (!session || !isDue(session, look)) return { session, changes };
	const warned = { ...session, warned: true };
	// A stream that is not recorded has nothing that could expire.
	if (sighting.recorded === false) return { session: warned, changes };
	return { session: warned, changes: [...changes, { what: 'recordingExpiresSoon', session: warned }] };
}

function followPhase(known: Session | undefined, sighting: Sighting, look: Look): Followed {
	switch (phaseOf(sighting.stream.status)) {
		case 'live':
			return followLive(known, sighting.stream, look);
		case 'off':
			return isLive(known) ? end(known, look, sighting.recording) : { session: known, changes: [] };
		default:
			return { session: known && { ...known, missing: 0 }, changes: [] };
	}
}

function followLive(known: Session | undefined, stream: Livestream, look: Look): Followed {
	const title = textOrNull(stream.title) ?? undefined;
	const told = typeof stream.activeSince === 'number' ? stream.activeSince : undefined;
	const start = { startMs: told ?? look.now, startIsTold: told !== undefined };
	const seen = { title, seenMs: look.askedMs, missing: 0 };
	if (known && isSame(known, told)) {
		const { endMs: _, endIsTold: __, ...session } = known;
		return { session: { ...session, ...(told !== undefined && start), ...seen }, changes: [] };
	}
	const session: Session = { ...start, ...seen, warned: false };
	// It may have stopped and started again since the last look.
	const before = isLive(known) ? end(known, { ...look, resumed: false }).changes : [];
	return { session, changes: [...before, { what: 'livestreamWentLive', session }] };
}

/** @param told when the stream that is live now went live, where the API tells */
function isSame(known: Session, told: number | undefined): boolean {
	if (known.startIsTold && told !== undefined) return told === known.startMs;
	return isLive(known);
}

/** A stream that is missing once may be back at the next poll; one that stays away is deleted. */
function miss(known: Session | undefined, look: Look): Followed {
	if (!isLive(known)) return { session: known, changes: [] };
	const missing = known.missing + 1;
	if (missing < MISSING_POLLS) return { session: { ...known, missing }, changes: [] };
	return end(known, { ...look, resumed: false });
}

/**
 * When a stream ended, its recording tells. Without that, it is known to have been live when it was last seen; after a
 * time in which nobody looked, that says nothing.
 */
function end(known: Session, { now, resumed }: Look, recording: Sighting['recording'] = {}): Followed {
	const { startMs, startIsTold } = known;
	const session = { ...known, missing: 0 };
	if (recording.endMs === undefined || recording.endMs <= startMs) {
		session.endMs = Math.max(resumed ? now : known.seenMs, startMs);
	} else {
		session.endMs = recording.endMs;
		session.endIsTold = true;
		if (!startIsTold && recording.startMs !== undefined && recording.startMs <= startMs) {
			session.startMs = recording.startMs;
			session.startIsTold = true;
		}
	}
	return { session, changes: [{ what: 'livestreamEnded', session }] };
}

function isLive(session: Session | undefined): session is Session {
	return session !== undefined && session.endMs === undefined;
}

function isWorthKeeping({ endMs, startMs }: Session, now: number): boolean {
	return endMs === undefined || now - startMs < REMEMBERED_MS;
}
