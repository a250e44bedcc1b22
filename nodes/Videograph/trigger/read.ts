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

/**
 * The live streams that are watched, as they are now: one call for all of them where all recorded ones are watched, two
 * where the others are too, and one for each that was picked.
 *
 * @throws {NodeApiError} where the API fails; a stream that was picked and does not exist is left out
 */
export async function readStreams(client: VideographClient, { streams }: Settings): Promise<Map<string, Sighting>> {
	if (typeof streams === 'string') {
		const listed = await listLivestreams(client, streams);
		return new Map(listed.map((sighting) => [sighting.stream.streamUUID, sighting]));
	}
	const found = new Map<string, Sighting>();
	await inPool(streams, async (id) => {
		const stream = await client.findLivestream(id);
		if (stream) found.set(id, { stream, recorded: null });
	});
	return found;
}

/**
 * The same streams with what a list does not tell: when those that are live began, which shows that one has stopped and
 * started again in between, and when the recording of one that is over ended. One call for each.
 */
export async function readMore(
	client: VideographClient,
	{ streams, events }: Settings,
	sessions: Sessions,
	look: Look,
): Promise<Map<string, Sighting>> {
	const sightings = new Map(look.sightings);
	const asked = [...sightings].filter(([id, sighting]) => asksForMore(sessions.get(id), sighting, look));
	const isPicked = typeof streams !== 'string';
	// The details of a stream do not tell whether it is recorded.
	const asksRecorded = isPicked && asked.some(([id, { stream }]) => isAnyDue(sessions.get(id) ?? [begun(stream, look)], look));
	const recorded = asksRecorded ? await recordedIds(client) : undefined;
	await inPool(asked, async ([id, sighting]) => {
		const details = isPicked ? undefined : await client.findLivestream(id);
		// The state may have changed between the two calls; the next look sees it. What was seen live must not be missed.
		const { status } = sighting.stream;
		const stream: Livestream = { ...sighting.stream, ...details, status };
		const isOver = phaseOf(stream.status) === 'off' && events.has('livestreamEnded');
		const recording = isOver ? await recordingTimes(client, stream.playbackUrl) : undefined;
		sightings.set(id, { stream, recorded: recorded?.has(id) ?? sighting.recorded, recording });
	});
	return sightings;
}

/** The session that a stream is in, if it is live and was not seen so before. */
function begun({ activeSince }: Livestream, { now }: Look): Pick<Session, 'startMs' | 'warned'> {
	return { startMs: activeSince ?? now, warned: false };
}

async function recordedIds(client: VideographClient): Promise<Set<string>> {
	return new Set((await client.listLivestreams(true)).map(({ streamUUID }) => streamUUID));
}

/** @throws the first failure, once everything that was under way has ended */
export async function inPool<T>(things: T[], act: (thing: T) => Promise<void>): Promise<void> {
	const failures: unknown[] = [];
	const tasks = things.map((thing) => async () => {
		await act(thing).catch((error: unknown) => failures.push(error));
	});
	await runPool(tasks, AT_ONCE, () => failures.length === 0);
	if (failures.length > 0) throw failures[0];
}
