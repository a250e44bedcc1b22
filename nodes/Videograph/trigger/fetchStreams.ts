import { MAX_PARALLEL_REQUESTS, type VideographClient } from '../api/client';
import { type Livestream, mergeLivestreams, unreadLivestream } from '../api/decode';
import { listLivestreams } from '../livestream/livestream';
import { fetchRecordingTimes } from '../livestream/recordingTimes';
import { runPool } from '../utils/taskPool';
import type { TriggerParameters } from './parameters';
import type { StreamSnapshot, StreamTracker } from './streamTracker';

export interface FetchedStreams {
	/** By ID. A selected stream that does not exist is left out. */
	snapshots: Map<string, StreamSnapshot>;
	/** The first error, if all requests for single streams failed. */
	outage?: Error;
}

/**
 * Fetches the watched live streams: one request for all recorded ones, two for all, and one for each selected stream;
 * then the details that their trackers need, with one request for each stream.
 *
 * @param trackerOf the tracker of a stream
 * @param deadlineMs when to stop, in epoch milliseconds
 * @throws {VideographError} if listing fails
 */
export async function fetchStreams(
	client: VideographClient,
	parameters: TriggerParameters,
	trackerOf: (id: string, stream: Livestream) => StreamTracker,
	deadlineMs: number,
): Promise<FetchedStreams> {
	const isSelection = typeof parameters.streams !== 'string';
	const { snapshots, outage } = await listStreams(client, parameters, deadlineMs);
	const incomplete = [...snapshots].filter(([id, snapshot]) => trackerOf(id, snapshot.stream).needsDetails(snapshot));
	const fetched = await fetchEach(incomplete, deadlineMs, async ([id, { stream: listed }]) => {
		const stream = isSelection ? listed : mergeLivestreams(listed, await client.findLivestream(id));
		const needsRecording = stream.phase === 'off' && parameters.events.has('livestreamEnded');
		const recording = needsRecording ? await fetchRecordingTimes(client, stream.playbackUrl) : undefined;
		snapshots.set(id, { stream, recording });
	});
	for (const [id, snapshot] of fetched.failed) snapshots.set(id, { ...snapshot, isUnreadable: true });
	return { snapshots, outage: outage ?? fetched.outage };
}

/** Fetches the watched live streams, without more details. */
export async function listStreams(
	client: VideographClient,
	{ streams }: TriggerParameters,
	deadlineMs = Infinity,
): Promise<FetchedStreams> {
	if (typeof streams === 'string') {
		const listed = await listLivestreams(client, streams);
		return { snapshots: new Map(listed.map((stream) => [stream.id, { stream }])) };
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
 * Fetches each of the subjects. A failure does not stop the others, unless the first `MAX_PARALLEL_REQUESTS` requests
 * all fail.
 *
 * @param deadlineMs when to stop, in epoch milliseconds; the first requests are sent in any case
 * @returns the subjects that were not fetched, and the first error if none was
 */
export async function fetchEach<T>(
	subjects: T[],
	deadlineMs: number,
	fetch: (subject: T) => Promise<void>,
): Promise<{ failed: T[]; outage?: Error }> {
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
	const shouldContinue = (): boolean =>
		started < MAX_PARALLEL_REQUESTS ||
		(Date.now() < deadlineMs && (!isOutage() || errors.length < MAX_PARALLEL_REQUESTS));
	await runPool(tasks, MAX_PARALLEL_REQUESTS, shouldContinue);
	return { failed: [...failed], outage: isOutage() ? errors[0] : undefined };
}
