import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { createClient } from '../api/createClient';
import type { Content } from '../api/types';
import { delay } from '../utils/delay';
import type { StreamEvent } from './events';
import { fetchDetails, fetchEach, fetchStreams } from './fetchStreams';
import { eventOf, streamItem, videoItem } from './output';
import {
	hasTitle,
	isWanted,
	readTriggerParameters,
	type TriggerParameters,
	watchesStreams,
	watchesVideos,
} from './parameters';
import { applySnapshot, type Broadcast, type Broadcasts, type StreamSnapshot } from './streamState';
import { testEventItems } from './testEvents';
import { applyPage, type FinishedVideo, INITIAL_VIDEO_STATE, PAGE_SIZE, type VideoState } from './videoState';

/** The static data of the trigger: n8n stores it between polls. */
interface TriggerState {
	streams?: StreamState;
	videos?: VideoState;
}

interface StreamState {
	broadcasts: Record<string, Broadcast[]>;
	/** The parameter Live Streams at the last poll. */
	selection: TriggerParameters['streams'];
	/** The streams that could not be read since they are watched. */
	unreadableIds: string[];
}

/** Short, because the next poll sends the requests again anyway. */
const MAX_RATE_LIMIT_WAIT_MS = 5000;
/** How many pages of the video list the first poll reads at most. */
const MAX_INITIAL_PAGES = 100;

/**
 * The static data whose last poll succeeded. n8n loads static data when it starts, and persists it only when the
 * workflow runs: it may be stale after a restart.
 */
const currentStates = new WeakSet<object>();
/** The static data of polls in progress. */
const polling = new WeakSet<object>();

/**
 * Polls once and returns the events since the last poll. State is left untouched for anything that could not be read,
 * so its events are emitted by a later poll.
 *
 * @returns null if there are no events; no items if n8n must persist the state, which it does only for an execution
 * @throws {NodeOperationError} if a parameter is invalid
 * @throws {VideographError} if listing fails, or if all requests for details fail and there are no events
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const parameters = readTriggerParameters(context);
	const client = await createClient(context, { delay, maxRetryAfterMs: MAX_RATE_LIMIT_WAIT_MS });
	if (context.getMode() === 'manual') {
		return [context.helpers.returnJsonArray(await testEventItems(client, parameters, context.getNode()))];
	}
	const state: TriggerState = context.getWorkflowStaticData('node');
	// The last poll is still in progress: another one would emit the same events.
	if (polling.has(state)) return null;
	polling.add(state);
	const stateMayBeStale = !currentStates.delete(state);
	try {
		const streams = watchesStreams(parameters)
			? await pollStreams(client, parameters, state.streams, stateMayBeStale)
			: undefined;
		const videos = watchesVideos(parameters) ? await pollVideos(client, parameters, state.videos) : undefined;
		Object.assign(state, { streams: streams?.streams, videos: videos?.videos });
		currentStates.add(state);
		const items = [...(streams?.items ?? []), ...(videos?.items ?? [])];
		if (items.length > 0) return [context.helpers.returnJsonArray(items)];
		if (streams?.mustPersist) return [[]];
		const outage = streams?.outage ?? videos?.outage;
		// n8n deactivates a workflow whose first poll fails, and the cause may last.
		if (outage !== undefined && !stateMayBeStale) throw outage;
		return null;
	} finally {
		polling.delete(state);
	}
}

/**
 * @param previous undefined at the first poll
 * @param stateMayBeStale whether n8n may have been down since the state was saved
 */
async function pollStreams(
	client: VideographClient,
	parameters: TriggerParameters,
	previous: StreamState | undefined,
	stateMayBeStale: boolean,
) {
	const { events, warnMs, includeExisting } = parameters;
	const requestedMs = Date.now();
	const listed = await fetchStreams(client, parameters);
	const watched = previous ? pruneUnwatched(previous, parameters, listed.snapshots) : new Map<string, Broadcast[]>();
	const snapshot = { streams: listed.snapshots, requestedMs, now: Date.now(), stateMayBeStale, warnMs };
	const { snapshots, outage } = await fetchDetails(client, parameters, watched, snapshot);
	const { broadcasts, changes } = applySnapshot(watched, { ...snapshot, streams: snapshots });
	const unreadableIds = [...snapshots]
		.filter(([id, stream]) => stream.isUnreadable && !wasWatched(previous, id, stream))
		.map(([id]) => id);

	const items: IDataObject[] = [];
	let mustPersist = previous?.unreadableIds.some((id) => !unreadableIds.includes(id)) === true;
	for (const { event, streamId, broadcast } of changes) {
		const { title } = broadcast;
		const stream = snapshots.get(streamId) ?? { stream: { streamUUID: streamId, title }, recorded: null };
		if (!hasTitle(title, parameters)) continue;
		const isNew = event !== 'livestreamWentLive' || includeExisting || wasWatched(previous, streamId, stream);
		if (!isNew) continue;
		if (events.has(event)) items.push(streamItem(event, stream, broadcast, snapshot.now));
		else mustPersist ||= previous !== undefined && isNeededLater(event, broadcast);
	}
	const streams: StreamState = {
		broadcasts: Object.fromEntries(broadcasts),
		selection: parameters.streams,
		unreadableIds,
	};
	return { streams, items, mustPersist, outage: listed.outage ?? outage };
}

/** Whether the last poll covered a stream, so that its going live is new; else it may have been live before. */
function wasWatched(previous: StreamState | undefined, id: string, { recorded }: StreamSnapshot): boolean {
	if (!previous || previous.unreadableIds.includes(id)) return false;
	const { selection, broadcasts } = previous;
	if (typeof selection !== 'string') return selection.includes(id);
	return selection === 'all' || recorded === true || Object.hasOwn(broadcasts, id);
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

async function pollVideos(
	client: VideographClient,
	parameters: TriggerParameters,
	previous: VideoState = INITIAL_VIDEO_STATE,
) {
	let videos = previous;
	let outage: Error | undefined;
	const items: IDataObject[] = [];
	const isIncomplete = (): boolean => videos.isFirstPass && outage === undefined;
	for (let page = 1; page === 1 || (isIncomplete() && page <= MAX_INITIAL_PAGES); page++) {
		const contents = await client.listContents(videos.start, PAGE_SIZE);
		const finished = applyPage(videos, contents).finished.filter((video) => isSelected(video, parameters));
		const complete = new Map(finished.map(({ content }) => [content.contentId, content]));
		const incomplete = [...complete.values()].filter((content) => !hasDetails(content, parameters));
		const fetched = await fetchEach(incomplete, async (content) => {
			complete.set(content.contentId, { ...content, ...(await client.findContent(content.contentId)) });
		});
		outage = fetched.outage;
		const failedIds = new Set(fetched.failed.map(({ contentId }) => contentId));
		// A video that cannot be read counts as processing, so that the next poll fetches it again.
		const readable = contents.map((content) =>
			failedIds.has(content.contentId) ? { ...content, status: 'Processing' } : content,
		);
		videos = applyPage(videos, readable).videos;
		for (const { content: listed, status } of finished) {
			const content = complete.get(listed.contentId) ?? listed;
			if (failedIds.has(content.contentId) || !isWanted(content, parameters)) continue;
			items.push(videoItem(eventOf(listed, status), content));
		}
	}
	return { videos, items, outage };
}

function isSelected(
	{ content, status, isPreexisting }: FinishedVideo,
	{ events, includeExisting }: TriggerParameters,
): boolean {
	return (!isPreexisting || includeExisting) && events.has(eventOf(content, status));
}

/** Whether the list contains all that the event needs: which fields it contains is not documented. */
function hasDetails({ status, playbackUrl, tags }: Content, { tag }: TriggerParameters): boolean {
	return (status !== 'Ready' || Boolean(playbackUrl)) && (tag === '' || tags !== undefined);
}
