import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { connect } from '../api/connect';
import type { Content } from '../api/types';
import { pause } from '../shared/pause';
import type { StreamEvent } from './events';
import { eventOf, streamItem, videoItem } from './items';
import { readMore, readStreams } from './read';
import { sampleItems } from './sample';
import { observe, type Session, type Sessions } from './sessions';
import { hasTitle, isWanted, readSettings, watchesStreams, watchesVideos, type Settings } from './settings';
import { NO_VIDEOS, observeVideos, PAGE, type Videos } from './videos';

/** What n8n keeps of the trigger from poll to poll. */
interface Memory {
	streams?: Record<string, Session[]>;
	videos?: Videos;
}

/** The API is asked again at the next poll anyway. */
const LONGEST_WAIT_MS = 5000;
/** Pages of the list of videos that the first poll reads at the most. */
const FIRST_PAGES = 100;

/**
 * The memories of which the last look has succeeded. n8n loads a memory anew when it starts, and it has saved it only when
 * the workflow ran: what is in it then may be old.
 */
const upToDate = new WeakSet<object>();
/** The memories of which a look is under way. */
const looking = new WeakSet<object>();

/**
 * Looks once, and tells what has happened since the last look. Nothing is remembered of a look that failed, so what it
 * would have told is told by the next one that succeeds.
 *
 * @returns null where nothing has happened; no items where n8n is to keep what was seen: it does so only for a run
 * @throws {NodeOperationError} for parameters that cannot be used
 * @throws {NodeApiError} where the API refuses, fails or does not answer
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(context);
	const client = await connect(context, { pause, longestWaitMs: LONGEST_WAIT_MS });
	if (context.getMode() === 'manual') {
		return [context.helpers.returnJsonArray(await sampleItems(client, settings, context.getNode()))];
	}
	const memory: Memory = context.getWorkflowStaticData('node');
	// The last look is still under way: another one would tell the same once more.
	if (looking.has(memory)) return null;
	looking.add(memory);
	const resumed = !upToDate.delete(memory);
	try {
		const streams = watchesStreams(settings)
			? await lookAtStreams(client, settings, memory.streams, resumed)
			: undefined;
		const videos = watchesVideos(settings) ? await lookAtVideos(client, settings, memory.videos) : undefined;
		Object.assign(memory, { streams: streams?.sessions, videos: videos?.videos });
		upToDate.add(memory);
		const items = [...(streams?.items ?? []), ...(videos?.items ?? [])];
		if (items.length > 0) return [context.helpers.returnJsonArray(items)];
		return streams?.mustBeKept ? [[]] : null;
	} finally {
		looking.delete(memory);
	}
}

/**
 * @param before what was known; not set: nobody has looked yet
 * @param resumed whether what was known may be old
 */
async function lookAtStreams(
	client: VideographClient,
	settings: Settings,
	before: Memory['streams'],
	resumed: boolean,
) {
	const { events, warnMs } = settings;
	const known = watched(before ?? {}, settings);
	const askedMs = Date.now();
	const listed = await readStreams(client, settings);
	const look = { sightings: listed, askedMs, now: Date.now(), resumed, warnMs };
	const sightings = await readMore(client, settings, known, look);
	const { sessions, changes } = observe(known, { ...look, sightings });

	const items: IDataObject[] = [];
	let mustBeKept = false;
	for (const { what, streamId, session } of changes) {
		const { title } = session;
		const sighting = sightings.get(streamId) ?? { stream: { streamUUID: streamId, title }, recorded: null };
		if (!hasTitle(title, settings)) continue;
		if (what === 'livestreamWentLive' && !before && !settings.includeExisting) continue;
		if (events.has(what)) items.push(streamItem(what, sighting, session, look.now));
		else mustBeKept ||= before !== undefined && isNeededLater(what, session, events);
	}
	return { sessions: Object.fromEntries(sessions), items, mustBeKept };
}

/** Whether another event could not be told without this one, if n8n were started anew in between. */
function isNeededLater(what: StreamEvent, { startIsTold }: Session, events: Settings['events']): boolean {
	if (what === 'livestreamWentLive') return events.has('livestreamEnded') || events.has('recordingExpiresSoon');
	// Without the time when it went live, another broadcast looks like the same one.
	return what === 'livestreamEnded' && !startIsTold && events.has('livestreamWentLive');
}

/** What is known of streams that are not watched any more says nothing. */
function watched(sessions: Record<string, Session[]>, { streams }: Settings): Sessions {
	const entries = Object.entries(sessions);
	return new Map(typeof streams === 'string' ? entries : entries.filter(([id]) => streams.includes(id)));
}

async function lookAtVideos(client: VideographClient, settings: Settings, before: Videos = NO_VIDEOS) {
	let videos = before;
	const items: IDataObject[] = [];
	for (let page = 1; page === 1 || (videos.isFirstPass && page <= FIRST_PAGES); page++) {
		const seen = observeVideos(videos, await client.listContents(videos.start, PAGE));
		videos = seen.videos;
		for (const { content, what, existed } of seen.finished) {
			if (existed && !settings.includeExisting) continue;
			const event = eventOf(content, what);
			if (!settings.events.has(event)) continue;
			const whole = isTold(content, settings) ? content : { ...content, ...(await client.findContent(content.contentId)) };
			if (isWanted(whole, settings)) items.push(videoItem(event, whole));
		}
	}
	return { videos, items };
}

/** Whether the list tells all that is wanted of a video: what it holds is not documented. */
function isTold({ status, playbackUrl, tags }: Content, { tag }: Settings): boolean {
	return (status !== 'Ready' || Boolean(playbackUrl)) && (tag === '' || tags !== undefined);
}
