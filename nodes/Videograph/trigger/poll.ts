import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { createClient } from '../api/createClient';
import type { Content } from '../api/types';
import { delay } from '../utils/delay';
import type { StreamEvent } from './events';
import { eventOf, streamItem, videoItem } from './output';
import { fetchEach, fetchDetails, fetchStreams } from './fetchStreams';
import { testEventItems } from './testEvents';
import { applySnapshot, type Broadcast, type Broadcasts, type StreamSnapshot } from './streamState';
import { hasTitle, isWanted, readTriggerParameters, watchesStreams, watchesVideos, type TriggerParameters } from './parameters';
import { INITIAL_VIDEO_STATE, applyPage, PAGE_SIZE, type FinishedVideo, type VideoState } from './videoState';

/** What n8n keeps of the trigger from poll to poll. */
interface TriggerState {
	streams?: StreamState;
	videos?: VideoState;
}

/** What is remembered of the live streams. */
interface StreamState {
	broadcasts: Record<string, Broadcast[]>;
	/** Which of them were watched. */
	selection: TriggerParameters['streams'];
	/** The IDs of those that could not be read since they are watched. */
	unreadableIds: string[];
}

/** The API is asked again at the next poll anyway. */
const MAX_RATE_LIMIT_WAIT_MS = 5000;
/** Pages of the list of videos that the first poll reads at the most. */
const MAX_INITIAL_PAGES = 100;

/**
 * The memories of which the last look has succeeded. n8n loads a memory anew when it starts, and it has saved it only when
 * the workflow ran: what is in it then may be old.
 */
const currentStates = new WeakSet<object>();
/** The memories of which a look is under way. */
const polling = new WeakSet<object>();

/**
 * Looks once, and tells what has happened since the last look. Nothing is remembered of what cannot be read, so what it
 * would have told is told by the next look that can read it.
 *
 * @returns null where nothing has happened; no items where n8n is to keep what was seen: it does so only for a run
 * @throws {NodeOperationError} for parameters that cannot be used
 * @throws {NodeApiError} where the API refuses, fails or does not answer: to list the streams or the videos, or to tell
 * more of any that it was asked for, while there is nothing else to tell
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readTriggerParameters(context);
	const client = await createClient(context, { delay, maxRetryAfterMs: MAX_RATE_LIMIT_WAIT_MS });
	if (context.getMode() === 'manual') {
		return [context.helpers.returnJsonArray(await testEventItems(client, settings, context.getNode()))];
	}
	const memory: TriggerState = context.getWorkflowStaticData('node');
	// The last look is still under way: another one would tell the same once more.
	if (polling.has(memory)) return null;
	polling.add(memory);
	const stateMayBeStale = !currentStates.delete(memory);
	try {
		const streams = watchesStreams(settings)
			? await pollStreams(client, settings, memory.streams, stateMayBeStale)
			: undefined;
		const videos = watchesVideos(settings) ? await pollVideos(client, settings, memory.videos) : undefined;
		Object.assign(memory, { streams: streams?.streams, videos: videos?.videos });
		currentStates.add(memory);
		const items = [...(streams?.items ?? []), ...(videos?.items ?? [])];
		if (items.length > 0) return [context.helpers.returnJsonArray(items)];
		if (streams?.mustPersist) return [[]];
		const outage = streams?.outage ?? videos?.outage;
		// n8n would not go on with a workflow whose first look fails, and what is in the way may stay there.
		if (outage !== undefined && !stateMayBeStale) throw outage;
		return null;
	} finally {
		polling.delete(memory);
	}
}

/**
 * @param before what was known; not set: nobody has looked yet
 * @param stateMayBeStale whether what was known may be old
 */
async function pollStreams(
	client: VideographClient,
	settings: TriggerParameters,
	before: StreamState | undefined,
	stateMayBeStale: boolean,
) {
	const { events, warnMs, includeExisting } = settings;
	const requestedMs = Date.now();
	const listed = await fetchStreams(client, settings);
	const known = before ? pruneUnwatched(before, settings, listed.snapshots) : new Map<string, Broadcast[]>();
	const polled = { streams: listed.snapshots, requestedMs, now: Date.now(), stateMayBeStale, warnMs };
	const { snapshots, outage } = await fetchDetails(client, settings, known, polled);
	const { broadcasts, changes } = applySnapshot(known, { ...polled, streams: snapshots });
	const unreadableIds = [...snapshots].filter((seen) => seen[1].isUnreadable && !wasWatched(before, ...seen)).map(([id]) => id);

	const items: IDataObject[] = [];
	let mustPersist = before?.unreadableIds.some((id) => !unreadableIds.includes(id)) === true;
	for (const { event, streamId, broadcast } of changes) {
		const { title } = broadcast;
		const snapshot = snapshots.get(streamId) ?? { stream: { streamUUID: streamId, title }, recorded: null };
		if (!hasTitle(title, settings)) continue;
		const isNews = event !== 'livestreamWentLive' || includeExisting || wasWatched(before, streamId, snapshot);
		if (!isNews) continue;
		if (events.has(event)) items.push(streamItem(event, snapshot, broadcast, polled.now));
		else mustPersist ||= before !== undefined && isNeededLater(event, broadcast);
	}
	const streams: StreamState = { broadcasts: Object.fromEntries(broadcasts), selection: settings.streams, unreadableIds };
	return { streams, items, mustPersist, outage: listed.outage ?? outage };
}

/** Whether what a stream does would have been seen before, so that it is news; else the stream is there already. */
function wasWatched(before: StreamState | undefined, id: string, { recorded }: StreamSnapshot): boolean {
	if (!before || before.unreadableIds.includes(id)) return false;
	const { selection, broadcasts } = before;
	if (typeof selection !== 'string') return selection.includes(id);
	return selection === 'all' || recorded === true || Object.hasOwn(broadcasts, id);
}

/** Whether the events that are chosen could not be told without this one, which is not, if n8n were started anew in between. */
function isNeededLater(what: StreamEvent, { startIsExact }: Broadcast): boolean {
	// All others need the start; and without the time when it went live, another broadcast looks like the same one.
	return what === 'livestreamWentLive' || !startIsExact;
}

/** What is known of streams that are not watched any more says nothing. */
function pruneUnwatched({ broadcasts, selection }: StreamState, { streams }: TriggerParameters, snapshots: Map<string, StreamSnapshot>): Broadcasts {
	const isWatched = (id: string): boolean =>
		typeof streams === 'string' ? streams === selection || snapshots.has(id) : streams.includes(id);
	return new Map(Object.entries(broadcasts).filter(([id]) => isWatched(id)));
}

async function pollVideos(client: VideographClient, settings: TriggerParameters, before: VideoState = INITIAL_VIDEO_STATE) {
	let videos = before;
	let outage: Error | undefined;
	const items: IDataObject[] = [];
	for (let page = 1; page === 1 || (videos.isFirstPass && page <= MAX_INITIAL_PAGES && outage === undefined); page++) {
		const contents = await client.listContents(videos.start, PAGE_SIZE);
		const finished = applyPage(videos, contents).finished.filter((one) => isChosen(one, settings));
		const told = new Map(finished.map(({ content }) => [content.contentId, content]));
		const asked = [...told.values()].filter((content) => !hasDetails(content, settings));
		const read = await fetchEach(asked, async (content) => {
			told.set(content.contentId, { ...content, ...(await client.findContent(content.contentId)) });
		});
		outage = read.outage;
		const unread = new Set(read.unread.map(({ contentId }) => contentId));
		// What cannot be read counts as still being made, so that the next look finds it again.
		const readable = contents.map((one) => (unread.has(one.contentId) ? { ...one, status: 'Processing' } : one));
		videos = applyPage(videos, readable).videos;
		for (const { content, status } of finished) {
			const whole = told.get(content.contentId) ?? content;
			if (!unread.has(content.contentId) && isWanted(whole, settings)) items.push(videoItem(eventOf(content, status), whole));
		}
	}
	return { videos, items, outage };
}

function isChosen({ content, status, isPreexisting }: FinishedVideo, { events, includeExisting }: TriggerParameters): boolean {
	return (!isPreexisting || includeExisting) && events.has(eventOf(content, status));
}

/** Whether the list tells all that is wanted of a video: what it holds is not documented. */
function hasDetails({ status, playbackUrl, tags }: Content, { tag }: TriggerParameters): boolean {
	return (status !== 'Ready' || Boolean(playbackUrl)) && (tag === '' || tags !== undefined);
}
