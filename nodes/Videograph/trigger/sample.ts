import type { IDataObject, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { statusOf } from '../video/status';
import { recordingTimes } from '../clip/streamTimes';
import { liveFirst } from '../livestream/status';
import { STREAM_EVENTS, VIDEO_EVENTS } from './events';
import { eventOf, streamItem, videoItem, wentLiveItem } from './items';
import { readStreams } from './read';
import type { Session, Sighting } from './sessions';
import { hasTitle, isWanted, type Settings } from './settings';
import { PAGE } from './videos';

/** How many live streams are looked at for one whose times are known. */
const CANDIDATES = 5;

/**
 * Items as the events would give them, of what is there now: for Fetch Test Event in the editor.
 *
 * @throws {NodeOperationError} where there is nothing to show
 * @throws {NodeApiError} where the API refuses, fails or does not answer
 */
export async function sampleItems(client: VideographClient, settings: Settings, node: INode): Promise<IDataObject[]> {
	const items = [...(await streamSamples(client, settings)), ...(await videoSamples(client, settings))];
	if (items.length > 0) return items;
	throw new NodeOperationError(node, 'There is nothing in Videograph yet that the chosen events could show', {
		description:
			'A test event is made of a live stream, a clip or a video that is there now and passes the filters. Publish the workflow all the same: it starts by itself when one of the events happens.',
	});
}

async function streamSamples(client: VideographClient, settings: Settings): Promise<IDataObject[]> {
	const events = STREAM_EVENTS.filter((event) => settings.events.has(event));
	if (events.length === 0) return [];
	const now = Date.now();
	const { sightings } = await readStreams(client, settings);
	const wanted = [...sightings.values()]
		.filter(({ stream }) => hasTitle(stream.title, settings))
		.sort((a, b) => liveFirst(a.stream, b.stream))
		.slice(0, CANDIDATES);
	const found: Array<{ sighting: Sighting; session: Session | undefined }> = [];
	for (const sighting of wanted) {
		const stream = { ...sighting.stream, ...(await client.findLivestream(sighting.stream.streamUUID)) };
		found.push({ sighting: { ...sighting, stream }, session: await sessionOf(client, stream, now) });
	}
	return events.flatMap((event) => {
		if (event === 'livestreamWentLive') return found.slice(0, 1).map(({ sighting }) => wentLiveItem(sighting));
		const isOver = event === 'livestreamEnded';
		const timed = found.filter(({ session }) => session !== undefined);
		const one = timed.find(({ session }) => isOver === (session?.endMs !== undefined)) ?? timed[0];
		return one?.session ? [streamItem(event, one.sighting, isOver ? { endMs: now, ...one.session } : one.session, now)] : [];
	});
}

/** The broadcast that a stream is in, or its last one; undefined where the API tells no times. */
async function sessionOf(client: VideographClient, stream: Sighting['stream'], now: number): Promise<Session | undefined> {
	const { title, activeSince, playbackUrl } = stream;
	const session = { title, startIsTold: true, seenMs: now, missing: 0, warned: false };
	if (typeof activeSince === 'number') return { ...session, startMs: activeSince };
	const { startMs, endMs } = await recordingTimes(client, playbackUrl);
	return startMs === undefined ? undefined : { ...session, startMs, endMs, endIsTold: true };
}

async function videoSamples(client: VideographClient, settings: Settings): Promise<IDataObject[]> {
	const events = VIDEO_EVENTS.filter((event) => settings.events.has(event));
	if (events.length === 0) return [];
	const videos = (await client.listContents(0, PAGE)).filter((content) => isWanted(content, settings));
	videos.sort((a, b) => (b.created_at ?? 0) - (a.created_at ?? 0));
	return events.flatMap((event) => {
		const content = videos.find((one) => {
			const status = statusOf(one.status);
			return status !== 'processing' && eventOf(one, status) === event;
		});
		return content ? [videoItem(event, content)] : [];
	});
}
