import type { IDataObject } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { type Livestream, unreadLivestream } from '../api/decode';
import { fetchStreams } from './fetchStreams';
import type { StreamEvent } from './fields';
import { streamItem } from './output';
import { hasTitle, type TriggerParameters } from './parameters';
import { type Broadcast, type StreamChange, StreamTracker, type TrackedStream } from './streamTracker';

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

/**
 * Polls the live streams: fetches them with the details that their trackers need, and emits what has changed.
 *
 * @param previous undefined at the first poll
 * @throws {VideographError} if listing fails
 */
export async function pollStreams(
	client: VideographClient,
	{ parameters, stateMayBeStale, deadlineMs }: PollContext,
	previous: StreamState | undefined,
): Promise<Polled<StreamState>> {
	const { events, streams: selection } = parameters;
	const poll = { ...parameters, requestedMs: Date.now(), stateMayBeStale };
	const trackers = new Map<string, StreamTracker>();
	const tracked = new Map(Object.entries(previous?.tracked ?? {}));
	const trackerOf = (id: string, stream?: Livestream): StreamTracker => {
		const state = tracked.get(id);
		const isBaseline = state ? state.isUnread === true : !wasCovered(previous, id, stream);
		const tracker = trackers.get(id) ?? new StreamTracker(state, isBaseline, poll);
		trackers.set(id, tracker);
		return tracker;
	};
	const { snapshots, outage } = await fetchStreams(client, parameters, trackerOf, deadlineMs);

	const missing = [...tracked.keys()].filter((id) => !snapshots.has(id) && isSelected(id, selection, previous));
	const changes = [...new Set([...missing, ...snapshots.keys()])].flatMap((id) => {
		const snapshot = snapshots.get(id);
		return trackerOf(id, snapshot?.stream)
			.apply(snapshot)
			.map((change) => ({ ...change, stream: snapshot?.stream ?? unreadLivestream(id, change.broadcast.title) }));
	});
	const items: IDataObject[] = [];
	let mustPersist = [...trackers.values()].some(({ isFirstRead }) => isFirstRead);
	const recordedIds = await listRecordedIds(client, selection, changes);
	for (const { stream, event, broadcast } of changes) {
		const recorded = recordedIds?.has(stream.id) ?? stream.recorded;
		// A stream without a recording has no expiry warning.
		if (!hasTitle(broadcast.title, parameters) || (event === 'recordingExpiresSoon' && recorded === false)) continue;
		if (events.has(event)) items.push(streamItem(event, { ...stream, recorded }, broadcast));
		else mustPersist ||= previous !== undefined && isNeededLater(event, broadcast);
	}
	const states = [...trackers].flatMap(([id, { state }]) => (state ? [[id, state] as const] : []));
	return {
		state: { tracked: Object.fromEntries(states), selection },
		items,
		outage,
		isBaseline: String(previous?.selection) !== String(selection),
		mustPersist,
	};
}

/** Whether the last poll covered a stream that has no state. */
function wasCovered(previous: StreamState | undefined, id: string, stream: Livestream | undefined): boolean {
	if (!previous) return false;
	const { selection } = previous;
	if (typeof selection !== 'string') return selection.includes(id);
	return selection === 'all' || stream?.recorded === true;
}

/** Whether a stream that the poll did not return is still selected. */
function isSelected(id: string, selection: StreamState['selection'], previous: StreamState | undefined): boolean {
	return typeof selection === 'string' ? selection === previous?.selection : selection.includes(id);
}

/** The IDs of the recorded streams, if needed: a selected stream does not contain whether it is recorded. */
async function listRecordedIds(
	client: VideographClient,
	selection: StreamState['selection'],
	changes: StreamChange[],
): Promise<Set<string> | undefined> {
	const isNeeded = typeof selection !== 'string' && changes.some(({ event }) => event === 'recordingExpiresSoon');
	return isNeeded ? new Set((await client.listLivestreams(true)).map(({ id }) => id)) : undefined;
}

/** Whether losing this unsubscribed event in a restart would break a subscribed one. */
function isNeededLater(event: StreamEvent, { startIsExact }: Broadcast): boolean {
	// All other events need the start. Without exact starts, two broadcasts differ only by the end in between.
	return event === 'livestreamWentLive' || !startIsExact;
}
