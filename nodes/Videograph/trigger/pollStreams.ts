import type { IDataObject } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { type Livestream, mergeLivestreams, unreadLivestream } from '../api/decode';
import { listLivestreams } from '../livestream/listLivestreams';
import { fetchRecordingTimes } from '../livestream/recordingTimes';
import { fetchEach } from './fetchEach';
import { streamItem } from './output';
import { hasTitle, type TriggerParameters } from './parameters';
import {
	type StreamChange,
	type StreamPoll,
	type StreamSnapshot,
	StreamTracker,
	type TrackedStream,
} from './streamTracker';

/** The trigger state of live streams. */
export interface StreamState {
	/** By ID. A stream has no entry if there is nothing to remember. */
	tracked: Record<string, TrackedStream>;
	/** The parameter Live Streams at the last poll. */
	selection: TriggerParameters['streams'];
}

/** The result of polling streams or videos. */
export interface Polled<State> {
	state: State;
	items: IDataObject[];
	/** The first error, if all requests for details failed. */
	outage: Error | undefined;
	/** Whether later polls compare with this state, so that it must be stored even after an outage. */
	isBaseline: boolean;
	/** Whether n8n must store the state even if there are no items. */
	mustPersist?: boolean;
}

export interface PollContext {
	parameters: TriggerParameters;
	/** Whether polls may be missing between the last state and this one. */
	stateMayBeStale: boolean;
	/** When to stop sending requests, in epoch milliseconds: the next poll continues. */
	deadlineMs: number;
}

type Snapshots = Map<string, StreamSnapshot>;

/**
 * Polls the live streams: lists them, fetches the details that their trackers need, and emits what has changed.
 *
 * @param previous undefined at the first poll
 * @throws {VideographError} if listing fails
 */
export async function pollStreams(
	client: VideographClient,
	{ parameters, stateMayBeStale, deadlineMs }: PollContext,
	previous: StreamState | undefined,
): Promise<Polled<StreamState>> {
	const { events, streams: selection, warnMs, includeExisting } = parameters;
	const requestedMs = Date.now();
	const { snapshots, outage } = await listStreams(client, parameters, deadlineMs);
	const poll = { requestedMs, now: Date.now(), stateMayBeStale, warnMs, includeExisting };
	const trackers = createTrackers(previous, selection, snapshots, poll);
	const detailsOutage = await fetchDetails(client, parameters, snapshots, trackers, deadlineMs);

	const items: IDataObject[] = [];
	let mustPersist = false;
	const changes = applyAll(trackers, snapshots);
	const recordedIds = await listRecordedIds(client, parameters, changes);
	for (const { stream, event, broadcast } of changes) {
		const recorded = recordedIds?.has(stream.id) ?? stream.recorded;
		if (!hasTitle(broadcast.title, parameters) || (event === 'recordingExpiresSoon' && recorded === false)) continue;
		if (events.has(event)) items.push(streamItem(event, { ...stream, recorded }, broadcast, poll.now));
		else mustPersist ||= previous !== undefined && isNeededLater(event, broadcast);
	}
	const states = [...trackers].flatMap(([id, { state }]) => (state ? [[id, state] as const] : []));
	return {
		state: { tracked: Object.fromEntries(states), selection },
		items,
		outage: outage ?? detailsOutage,
		isBaseline: String(previous?.selection) !== String(selection),
		mustPersist: mustPersist || [...trackers.values()].some(({ isFirstRead }) => isFirstRead),
	};
}

/**
 * Lists the watched live streams: one request for all recorded ones, two for all, and one for each selected stream. A
 * selected stream that does not exist is left out.
 *
 * @returns `outage`: the first error, if all requests for selected streams failed
 * @throws {VideographError} if listing fails
 */
export async function listStreams(
	client: VideographClient,
	{ streams }: TriggerParameters,
	deadlineMs = Infinity,
): Promise<{ snapshots: Snapshots; outage?: Error }> {
	if (typeof streams === 'string') {
		const listed = await listLivestreams(client, streams);
		return { snapshots: new Map(listed.map((stream) => [stream.id, { stream }])) };
	}
	const snapshots: Snapshots = new Map();
	const { failed, outage } = await fetchEach(streams, deadlineMs, async (id) => {
		const stream = await client.findLivestream(id);
		if (stream) snapshots.set(id, { stream });
	});
	for (const id of failed) snapshots.set(id, { stream: unreadLivestream(id), isUnreadable: true });
	return { snapshots, outage };
}

/** Creates a tracker for each stream of the poll, and for each watched stream that the poll did not return. */
function createTrackers(
	previous: StreamState | undefined,
	selection: StreamState['selection'],
	snapshots: Snapshots,
	poll: StreamPoll,
): Map<string, StreamTracker> {
	const tracked = new Map(Object.entries(previous?.tracked ?? {}));
	const isWatched = (id: string): boolean =>
		snapshots.has(id) || (typeof selection === 'string' ? selection === previous?.selection : selection.includes(id));
	const ids = new Set([...[...tracked.keys()].filter(isWatched), ...snapshots.keys()]);
	const trackers = [...ids].map((id) => {
		const state = tracked.get(id);
		const isBaseline = state ? state.isUnread === true : !wasCovered(previous, id, snapshots.get(id)?.stream);
		return [id, new StreamTracker(state, isBaseline, poll)] as const;
	});
	return new Map(trackers);
}

/** Whether the last poll covered a stream that it did not see live. */
function wasCovered(previous: StreamState | undefined, id: string, stream: Livestream | undefined): boolean {
	if (!previous) return false;
	const { selection } = previous;
	if (typeof selection !== 'string') return selection.includes(id);
	return selection === 'all' || stream?.recorded === true;
}

/**
 * Adds the details that the trackers need to the snapshots, with one request for each stream.
 *
 * @returns the first error, if all requests failed
 */
async function fetchDetails(
	client: VideographClient,
	{ streams: selection, events }: TriggerParameters,
	snapshots: Snapshots,
	trackers: ReadonlyMap<string, StreamTracker>,
	deadlineMs: number,
): Promise<Error | undefined> {
	const incomplete = [...snapshots].filter(([id, snapshot]) => trackers.get(id)?.needsDetails(snapshot));
	const { failed, outage } = await fetchEach(incomplete, deadlineMs, async ([id, snapshot]) => {
		const details = typeof selection === 'string' ? await client.findLivestream(id) : undefined;
		const stream = mergeLivestreams(snapshot.stream, details);
		const needsRecording = stream.phase === 'off' && events.has('livestreamEnded');
		const recording = needsRecording ? await fetchRecordingTimes(client, stream.playbackUrl) : undefined;
		snapshots.set(id, { stream, recording });
	});
	for (const [id, snapshot] of failed) snapshots.set(id, { ...snapshot, isUnreadable: true });
	return outage;
}

function applyAll(
	trackers: ReadonlyMap<string, StreamTracker>,
	snapshots: Snapshots,
): Array<StreamChange & { stream: Livestream }> {
	return [...trackers].flatMap(([id, tracker]) => {
		const snapshot = snapshots.get(id);
		return tracker.apply(snapshot).map((change) => {
			const stream = snapshot?.stream ?? unreadLivestream(id, change.broadcast.title);
			return { ...change, stream };
		});
	});
}

/**
 * The IDs of the recorded streams, if needed: a stream without a recording has no expiry warning, and the details of a
 * selected stream do not contain whether it is recorded.
 */
async function listRecordedIds(
	client: VideographClient,
	{ streams: selection }: TriggerParameters,
	changes: StreamChange[],
): Promise<Set<string> | undefined> {
	const isNeeded = typeof selection !== 'string' && changes.some(({ event }) => event === 'recordingExpiresSoon');
	return isNeeded ? new Set((await client.listLivestreams(true)).map(({ id }) => id)) : undefined;
}

/** Whether losing this unsubscribed event in a restart would break a subscribed one. */
function isNeededLater(event: StreamChange['event'], { startIsExact }: StreamChange['broadcast']): boolean {
	// All other events need the start. Without exact starts, two broadcasts differ only by the end in between.
	return event === 'livestreamWentLive' || !startIsExact;
}
