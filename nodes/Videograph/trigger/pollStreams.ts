import type { IDataObject } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { unreadLivestream } from '../api/decode';
import type { StreamEvent } from './events';
import { fetchDetails, fetchStreams } from './fetchStreams';
import { streamItem } from './output';
import { hasTitle, type TriggerParameters } from './parameters';
import { applySnapshot, type Broadcast, type Broadcasts, type StreamSnapshot } from './streamState';

/** The trigger state of live streams. */
export interface StreamState {
	broadcasts: Record<string, Broadcast[]>;
	/** The parameter Live Streams at the last poll. */
	selection: TriggerParameters['streams'];
	/** The streams that could not be read since they are watched. */
	unreadableIds: string[];
}

/** The result of polling streams or videos. */
export interface Polled<State> {
	state: State;
	items: IDataObject[];
	/** The first error, if all requests for details failed. */
	outage: Error | undefined;
	/** Whether later polls compare with this state, so that it must be stored even after an outage. */
	isBaseline: boolean;
}

export interface PollContext {
	parameters: TriggerParameters;
	/** Whether polls may be missing between the last state and this one. */
	stateMayBeStale: boolean;
	/** When to stop sending requests, in epoch milliseconds: the next poll continues. */
	deadlineMs: number;
}

/**
 * Polls the live streams.
 *
 * @param previous undefined at the first poll
 * @returns `mustPersist`: whether n8n must store the state even if there are no items
 * @throws {VideographError} if listing fails
 */
export async function pollStreams(
	client: VideographClient,
	{ parameters, stateMayBeStale, deadlineMs }: PollContext,
	previous: StreamState | undefined,
): Promise<Polled<StreamState> & { mustPersist: boolean }> {
	const { events, warnMs, includeExisting } = parameters;
	const requestedMs = Date.now();
	const listed = await fetchStreams(client, parameters, deadlineMs);
	const watched = previous ? pruneUnwatched(previous, parameters, listed.snapshots) : new Map<string, Broadcast[]>();
	const snapshot = { streams: listed.snapshots, requestedMs, now: Date.now(), stateMayBeStale, warnMs };
	const { snapshots, outage } = await fetchDetails(client, parameters, watched, snapshot, deadlineMs);
	const { broadcasts, changes } = applySnapshot(watched, { ...snapshot, streams: snapshots });
	const unreadableIds = [...snapshots]
		.filter(([id, stream]) => stream.isUnreadable && !wasWatched(previous, id, stream))
		.map(([id]) => id);

	const items: IDataObject[] = [];
	let mustPersist = previous?.unreadableIds.some((id) => !unreadableIds.includes(id)) === true;
	for (const { event, streamId, broadcast } of changes) {
		const { title } = broadcast;
		const stream = snapshots.get(streamId) ?? { stream: unreadLivestream(streamId, title) };
		if (!hasTitle(title, parameters)) continue;
		const isNew = event !== 'livestreamWentLive' || includeExisting || wasWatched(previous, streamId, stream);
		if (!isNew) continue;
		if (events.has(event)) items.push(streamItem(event, stream, broadcast, snapshot.now));
		else mustPersist ||= previous !== undefined && isNeededLater(event, broadcast);
	}
	const state: StreamState = {
		broadcasts: Object.fromEntries(broadcasts),
		selection: parameters.streams,
		unreadableIds,
	};
	const isBaseline = String(previous?.selection) !== String(parameters.streams);
	return { state, items, mustPersist, isBaseline, outage: listed.outage ?? outage };
}

/** Whether the last poll covered a stream, so that its going live is new; else it may have been live before. */
function wasWatched(previous: StreamState | undefined, id: string, { stream }: StreamSnapshot): boolean {
	if (!previous || previous.unreadableIds.includes(id)) return false;
	const { selection, broadcasts } = previous;
	if (typeof selection !== 'string') return selection.includes(id);
	return selection === 'all' || stream.recorded === true || Object.hasOwn(broadcasts, id);
}

/** Whether losing this unsubscribed event in a restart would break a subscribed one. */
function isNeededLater(event: StreamEvent, { startIsExact }: Broadcast): boolean {
	// All other events need the start. Without exact starts, two broadcasts differ only by the end in between.
	return event === 'livestreamWentLive' || !startIsExact;
}

/** Drops the broadcasts of streams that are no longer watched. */
function pruneUnwatched(
	{ broadcasts, selection }: StreamState,
	{ streams }: TriggerParameters,
	snapshots: Map<string, StreamSnapshot>,
): Broadcasts {
	const isWatched = (id: string): boolean =>
		typeof streams === 'string' ? streams === selection || snapshots.has(id) : streams.includes(id);
	return new Map(Object.entries(broadcasts).filter(([id]) => isWatched(id)));
}
