import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/types';
import { recordingTimes } from '../clip/streamTimes';
import { listLivestreams } from '../livestream/list';
import { phaseOf } from '../livestream/status';
import { runPool } from '../shared/pool';
import { asksForMore, isAnyDue, type Look, type Session, type Sessions, type Sighting } from './sessions';
import type { Settings } from './settings';

/** How many requests are under way at once. */
const AT_ONCE = 5;

/** What was seen of the streams. */
export interface Seen {
	sightings: Map<string, Sighting>;
	/** Why nothing could be read of what was asked for one by one; not set: something could, or nothing was asked for. */
	outage: Error | undefined;
}

/**
 * The live streams that are watched, as they are now: one call for all of them where all recorded ones are watched, two
 * where the others are too, and one for each that was picked. A stream that was picked and does not exist is left out.
 *
 * @throws {NodeApiError} where the API fails to list them
 */
export async function readStreams(client: VideographClient, { streams }: Settings): Promise<Seen> {
	if (typeof streams === 'string') {
		const listed = await listLivestreams(client, streams);
		return { sightings: new Map(listed.map((sighting) => [sighting.stream.streamUUID, sighting])), outage: undefined };
	}
	const sightings = new Map<string, Sighting>();
	const { unread, outage } = await readEach(streams, async (id) => {
		const stream = await client.findLivestream(id);
		if (stream) sightings.set(id, { stream, recorded: null });
	});
	for (const id of unread) sightings.set(id, { stream: { streamUUID: id }, recorded: null, isUnread: true });
	return { sightings, outage };
}

/**
 * The same streams with what a list does not tell: when those that are live began, which shows that one has stopped and
 * started again in between, and when the recording of one that is over ended. One call for each.
 *
 * @throws {NodeApiError} where the API fails to list those that are recorded
 */
export async function readMore(
	client: VideographClient,
	{ streams, events }: Settings,
	sessions: Sessions,
	look: Look,
): Promise<Seen> {
	const sightings = new Map(look.sightings);
	const asked = [...sightings].filter(([id, sighting]) => asksForMore(sessions.get(id), sighting, look));
	const isPicked = typeof streams !== 'string';
	// The details of a stream do not tell whether it is recorded.
	const asksRecorded = isPicked && asked.some(([id, { stream }]) => isAnyDue(sessions.get(id) ?? [begun(stream, look)], look));
	const recorded = asksRecorded ? await recordedIds(client) : undefined;
	const { unread, outage } = await readEach(asked, async ([id, sighting]) => {
		const details = isPicked ? undefined : await client.findLivestream(id);
		// The state may have changed between the two calls; the next look sees it. What was seen live must not be missed.
		const { status } = sighting.stream;
		const stream: Livestream = { ...sighting.stream, ...details, status };
		const isOver = phaseOf(stream.status) === 'off' && events.has('livestreamEnded');
		const recording = isOver ? await recordingTimes(client, stream.playbackUrl) : undefined;
		sightings.set(id, { stream, recorded: recorded?.has(id) ?? sighting.recorded, recording });
	});
	for (const [id, sighting] of unread) sightings.set(id, { ...sighting, isUnread: true });
	return { sightings, outage };
}

/** The session that a stream is in, if it is live and was not seen so before. */
function begun({ activeSince }: Livestream, { now }: Look): Pick<Session, 'startMs' | 'warned'> {
	return { startMs: activeSince ?? now, warned: false };
}

async function recordedIds(client: VideographClient): Promise<Set<string>> {
	return new Set((await client.listLivestreams(true)).map(({ streamUUID }) => streamUUID));
}

/**
 * Reads something of each thing. One that cannot be read does not stop the others; where nothing can be read of as many as
 * are asked for at once, the rest is not asked for.
 *
 * @returns what was not read, and the first failure where nothing was
 */
export async function readEach<T>(
	things: T[],
	read: (thing: T) => Promise<void>,
): Promise<{ unread: T[]; outage: Error | undefined }> {
	const unread = new Set(things);
	const failures: Error[] = [];
	const tasks = things.map((thing) => async () => {
		await read(thing).then(
			() => unread.delete(thing),
			(error: unknown) => failures.push(error as Error),
		);
	});
	const isNothingRead = (): boolean => unread.size === things.length;
	await runPool(tasks, AT_ONCE, () => !isNothingRead() || failures.length < AT_ONCE);
	return { unread: [...unread], outage: isNothingRead() ? failures[0] : undefined };
}
