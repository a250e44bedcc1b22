import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { connect } from '../api/connect';
import type { Content } from '../api/types';
import { pause } from '../shared/pause';
import type { StreamEvent } from './events';
import { eventOf, streamItem, videoItem } from './items';
import { readEach, readMore, readStreams } from './read';
import { sampleItems } from './sample';
import { observe, type Session, type Sessions, type Sighting } from './sessions';
import { hasTitle, isWanted, readSettings, watchesStreams, watchesVideos, type Settings } from './settings';
import { NO_VIDEOS, observeVideos, PAGE, type Finished, type Videos } from './videos';

/** What n8n keeps of the trigger from poll to poll. */
interface Memory {
	streams?: Streams;
	videos?: Videos;
}

/** What is remembered of the live streams. */
interface Streams {
	sessions: Record<string, Session[]>;
	/** Which of them were watched. */
	choice: Settings['streams'];
	/** The IDs of those that could not be read since they are watched. */
	unseen: string[];
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
 * Looks once, and tells what has happened since the last look. Nothing is remembered of what cannot be read, so what it
 * would have told is told by the next look that can read it.
 *
 * @returns null where nothing has happened; no items where n8n is to keep what was seen: it does so only for a run
 * @throws {NodeOperationError} for parameters that cannot be used
 * @throws {NodeApiError} where the API refuses, fails or does not answer: to list the streams or the videos, or to tell
 * more of any that it was asked for, while there is nothing else to tell
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
		Object.assign(memory, { streams: streams?.streams, videos: videos?.videos });
		upToDate.add(memory);
		const items = [...(streams?.items ?? []), ...(videos?.items ?? [])];
		if (items.length > 0) return [context.helpers.returnJsonArray(items)];
		if (streams?.mustBeKept) return [[]];
		const outage = streams?.outage ?? videos?.outage;
		// n8n would not go on with a workflow whose first look fails, and what is in the way may stay there.
		if (outage !== undefined && !resumed) throw outage;
		return null;
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
	before: Streams | undefined,
	resumed: boolean,
) {
	const { events, warnMs, includeExisting } = settings;
	const askedMs = Date.now();
	const listed = await readStreams(client, settings);
	const known = before ? stillWatched(before, settings, listed.sightings) : new Map<string, Session[]>();
	const look = { sightings: listed.sightings, askedMs, now: Date.now(), resumed, warnMs };
	const { sightings, outage } = await readMore(client, settings, known, look);
	const { sessions, changes } = observe(known, { ...look, sightings });
	const unseen = [...sightings].filter((seen) => seen[1].isUnread && !wasWatched(before, ...seen)).map(([id]) => id);

	const items: IDataObject[] = [];
	let mustBeKept = before?.unseen.some((id) => !unseen.includes(id)) === true;
	for (const { what, streamId, session } of changes) {
		const { title } = session;
		const sighting = sightings.get(streamId) ?? { stream: { streamUUID: streamId, title }, recorded: null };
		if (!hasTitle(title, settings)) continue;
		const isNews = what !== 'livestreamWentLive' || includeExisting || wasWatched(before, streamId, sighting);
		if (!isNews) continue;
		if (events.has(what)) items.push(streamItem(what, sighting, session, look.now));
		else mustBeKept ||= before !== undefined && isNeededLater(what, session);
	}
	const streams: Streams = { sessions: Object.fromEntries(sessions), choice: settings.streams, unseen };
	return { streams, items, mustBeKept, outage: listed.outage ?? outage };
}

/** Whether what a stream does would have been seen before, so that it is news; else the stream is there already. */
function wasWatched(before: Streams | undefined, id: string, { recorded }: Sighting): boolean {
	if (!before || before.unseen.includes(id)) return false;
	const { choice, sessions } = before;
	if (typeof choice !== 'string') return choice.includes(id);
	return choice === 'all' || recorded === true || Object.hasOwn(sessions, id);
}

/** Whether the events that are chosen could not be told without this one, which is not, if n8n were started anew in between. */
function isNeededLater(what: StreamEvent, { startIsTold }: Session): boolean {
	// All others need the start; and without the time when it went live, another broadcast looks like the same one.
	return what === 'livestreamWentLive' || !startIsTold;
}

/** What is known of streams that are not watched any more says nothing. */
function stillWatched({ sessions, choice }: Streams, { streams }: Settings, sightings: Map<string, Sighting>): Sessions {
	const isWatched = (id: string): boolean =>
		typeof streams === 'string' ? streams === choice || sightings.has(id) : streams.includes(id);
	return new Map(Object.entries(sessions).filter(([id]) => isWatched(id)));
}

async function lookAtVideos(client: VideographClient, settings: Settings, before: Videos = NO_VIDEOS) {
	let videos = before;
	let outage: Error | undefined;
	const items: IDataObject[] = [];
	for (let page = 1; page === 1 || (videos.isFirstPass && page <= FIRST_PAGES && outage === undefined); page++) {
		const contents = await client.listContents(videos.start, PAGE);
		const finished = observeVideos(videos, contents).finished.filter((one) => isChosen(one, settings));
		const told = new Map(finished.map(({ content }) => [content.contentId, content]));
		const asked = [...told.values()].filter((content) => !isTold(content, settings));
		const read = await readEach(asked, async (content) => {
			told.set(content.contentId, { ...content, ...(await client.findContent(content.contentId)) });
		});
		outage = read.outage;
		const unread = new Set(read.unread.map(({ contentId }) => contentId));
		// What cannot be read counts as still being made, so that the next look finds it again.
		const readable = contents.map((one) => (unread.has(one.contentId) ? { ...one, status: 'Processing' } : one));
		videos = observeVideos(videos, readable).videos;
		for (const { content, what } of finished) {
			const whole = told.get(content.contentId) ?? content;
			if (!unread.has(content.contentId) && isWanted(whole, settings)) items.push(videoItem(eventOf(content, what), whole));
		}
	}
	return { videos, items, outage };
}

function isChosen({ content, what, existed }: Finished, { events, includeExisting }: Settings): boolean {
	return (!existed || includeExisting) && events.has(eventOf(content, what));
}

/** Whether the list tells all that is wanted of a video: what it holds is not documented. */
function isTold({ status, playbackUrl, tags }: Content, { tag }: Settings): boolean {
	return (status !== 'Ready' || Boolean(playbackUrl)) && (tag === '' || tags !== undefined);
}
