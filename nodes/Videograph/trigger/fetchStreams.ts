import { MAX_PARALLEL_REQUESTS, type VideographClient } from '../api/client';
import { type Livestream, mergeLivestreams, unreadLivestream } from '../api/decode';
import { listLivestreams } from '../livestream/listLivestreams';
import { fetchRecordingTimes } from '../livestream/recordingTimes';
import { runPool } from '../utils/taskPool';
import type { TriggerParameters } from './parameters';
import {
	type Broadcast,
	type Broadcasts,
	isAnyDue,
	needsDetails,
	type PollSnapshot,
	type StreamSnapshot,
} from './streamState';

export interface FetchedStreams {
	snapshots: Map<string, StreamSnapshot>;
	/** The first error, if all requests for single streams failed. */
	outage: Error | undefined;
}

/**
 * Fetches the watched live streams: one request for all recorded ones, two for all, and one for each selected stream. A
 * selected stream that does not exist is left out.
 *
 * @throws {VideographError} if listing fails
 */
export async function fetchStreams(
	client: VideographClient,
	{ streams }: TriggerParameters,
	deadlineMs = Infinity,
): Promise<FetchedStreams> {
	if (typeof streams === 'string') {
		const listed = await listLivestreams(client, streams);
		return { snapshots: new Map(listed.map((stream) => [stream.id, { stream }])), outage: undefined };
	}
	const snapshots = new Map<string, StreamSnapshot>();
	const { failed, outage } = await fetchEach(streams, deadlineMs, async (id) => {
		const stream = await client.findLivestream(id);
		if (stream) snapshots.set(id, { stream });
	});
	for (const id of failed) snapshots.set(id, { stream: unreadLivestream(id), isUnreadable: true });
	return { snapshots, outage };
}

/**
 * Adds what a list does not contain, with one request for each stream that needs it: the start of the current
 * broadcast, which shows whether a stream restarted since the last poll, and the end of a recording.
 *
 * @throws {VideographError} if listing the recorded streams fails
 */
export async function fetchDetails(
	client: VideographClient,
	{ streams, events }: TriggerParameters,
	broadcasts: Broadcasts,
	poll: PollSnapshot,
	deadlineMs: number,
): Promise<FetchedStreams> {
	const snapshots = new Map(poll.streams);
	const incomplete = [...snapshots].filter(([id, snapshot]) => needsDetails(broadcasts.get(id), snapshot, poll));
	const isSelection = typeof streams !== 'string';
	// The details of a stream do not contain whether it is recorded.
	const needsRecorded =
		isSelection &&
		incomplete.some(([id, { stream }]) => isAnyDue(broadcasts.get(id) ?? [currentBroadcast(stream, poll)], poll));
	const recorded = needsRecorded ? await recordedIds(client) : undefined;
	const { failed, outage } = await fetchEach(incomplete, deadlineMs, async ([id, snapshot]) => {
		const details = isSelection ? undefined : await client.findLivestream(id);
		const stream = mergeLivestreams(snapshot.stream, details);
		const needsRecording = stream.phase === 'off' && events.has('livestreamEnded');
		const recording = needsRecording ? await fetchRecordingTimes(client, stream.playbackUrl) : undefined;
		snapshots.set(id, { stream: { ...stream, recorded: recorded?.has(id) ?? stream.recorded }, recording });
	});
	for (const [id, snapshot] of failed) snapshots.set(id, { ...snapshot, isUnreadable: true });
	return { snapshots, outage };
}

/** The broadcast of a stream that is live now and was not live before. */
function currentBroadcast(
	{ activeSinceMs }: Livestream,
	{ now }: PollSnapshot,
): Pick<Broadcast, 'startMs' | 'expiryHandled'> {
	return { startMs: activeSinceMs ?? now, expiryHandled: false };
}

async function recordedIds(client: VideographClient): Promise<Set<string>> {
	return new Set((await client.listLivestreams(true)).map(({ id }) => id));
}

/**
 * Fetches each of the subjects. A failure does not stop the others, unless the first `MAX_PARALLEL_REQUESTS` requests
 * all fail.
 *
 * @param deadlineMs when to stop; the first `MAX_PARALLEL_REQUESTS` requests are sent in any case
 * @returns the subjects that were not fetched, and the first error if none was
 */
export async function fetchEach<T>(
	subjects: T[],
	deadlineMs: number,
	fetch: (subject: T) => Promise<void>,
): Promise<{ failed: T[]; outage: Error | undefined }> {
	const failed = new Set(subjects);
	const errors: Error[] = [];
	let started = 0;
	const tasks = subjects.map((subject) => async () => {
		started++;
		await fetch(subject).then(
			() => failed.delete(subject),
			(error: unknown) => errors.push(error as Error),
		);
	});
	const isOutage = (): boolean => failed.size === subjects.length;
	const isInTime = () => started < MAX_PARALLEL_REQUESTS || Date.now() < deadlineMs;
	const mayWork = () => !isOutage() || errors.length < MAX_PARALLEL_REQUESTS;
	await runPool(tasks, MAX_PARALLEL_REQUESTS, () => isInTime() && mayWork());
	return { failed: [...failed], outage: isOutage() ? errors[0] : undefined };
}
