import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/types';
import { fetchRecordingTimes } from '../livestream/recordingTimes';
import { listLivestreams } from '../livestream/listLivestreams';
import { phaseOf } from '../livestream/status';
import { runPool } from '../utils/taskPool';
import { needsDetails, isAnyDue, type PollSnapshot, type Broadcast, type Broadcasts, type StreamSnapshot } from './streamState';
import type { TriggerParameters } from './parameters';

/** How many requests are under way at once. */
const CONCURRENCY = 5;

/** What was seen of the streams. */
export interface FetchedStreams {
	snapshots: Map<string, StreamSnapshot>;
	/** Why nothing could be read of what was asked for one by one; not set: something could, or nothing was asked for. */
	outage: Error | undefined;
}

/**
 * The live streams that are watched, as they are now: one call for all of them where all recorded ones are watched, two
 * where the others are too, and one for each that was picked. A stream that was picked and does not exist is left out.
 *
 * @throws {NodeApiError} where the API fails to list them
 */
export async function fetchStreams(client: VideographClient, { streams }: TriggerParameters): Promise<FetchedStreams> {
	if (typeof streams === 'string') {
		const listed = await listLivestreams(client, streams);
		return { snapshots: new Map(listed.map((snapshot) => [snapshot.stream.streamUUID, snapshot])), outage: undefined };
	}
	const snapshots = new Map<string, StreamSnapshot>();
	const { unread, outage } = await fetchEach(streams, async (id) => {
		const stream = await client.findLivestream(id);
		if (stream) snapshots.set(id, { stream, recorded: null });
	});
	for (const id of unread) snapshots.set(id, { stream: { streamUUID: id }, recorded: null, isUnreadable: true });
	return { snapshots, outage };
}

/**
 * The same streams with what a list does not tell: when those that are live began, which shows that one has stopped and
 * started again in between, and when the recording of one that is over ended. One call for each.
 *
 * @throws {NodeApiError} where the API fails to list those that are recorded
 */
export async function fetchDetails(
	client: VideographClient,
	{ streams, events }: TriggerParameters,
	broadcasts: Broadcasts,
	look: PollSnapshot,
): Promise<FetchedStreams> {
	const snapshots = new Map(look.streams);
	const asked = [...snapshots].filter(([id, snapshot]) => needsDetails(broadcasts.get(id), snapshot, look));
	const isPicked = typeof streams !== 'string';
	// The details of a stream do not tell whether it is recorded.
	const asksRecorded = isPicked && asked.some(([id, { stream }]) => isAnyDue(broadcasts.get(id) ?? [startOf(stream, look)], look));
	const recorded = asksRecorded ? await recordedIds(client) : undefined;
	const { unread, outage } = await fetchEach(asked, async ([id, snapshot]) => {
		const details = isPicked ? undefined : await client.findLivestream(id);
		// The state may have changed between the two calls; the next look sees it. What was seen live must not be missed.
		const { status } = snapshot.stream;
		const stream: Livestream = { ...snapshot.stream, ...details, status };
		const isOver = phaseOf(stream.status) === 'off' && events.has('livestreamEnded');
		const recording = isOver ? await fetchRecordingTimes(client, stream.playbackUrl) : undefined;
		snapshots.set(id, { stream, recorded: recorded?.has(id) ?? snapshot.recorded, recording });
	});
	for (const [id, snapshot] of unread) snapshots.set(id, { ...snapshot, isUnreadable: true });
	return { snapshots, outage };
}

/** The broadcast that a stream is in, if it is live and was not seen so before. */
function startOf({ activeSince }: Livestream, { now }: PollSnapshot): Pick<Broadcast, 'startMs' | 'expiryHandled'> {
	return { startMs: activeSince ?? now, expiryHandled: false };
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
export async function fetchEach<T>(
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
	await runPool(tasks, CONCURRENCY, () => !isNothingRead() || failures.length < CONCURRENCY);
	return { unread: [...unread], outage: isNothingRead() ? failures[0] : undefined };
}
