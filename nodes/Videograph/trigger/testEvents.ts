import type { IDataObject, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { statusOf } from '../video/status';
import { fetchRecordingTimes } from '../livestream/recordingTimes';
import { liveFirst } from '../livestream/status';
import { STREAM_EVENTS, VIDEO_EVENTS } from './events';
import { eventOf, streamItem, videoItem, wentLiveItem } from './output';
import { fetchStreams } from './fetchStreams';
import type { Broadcast, StreamSnapshot } from './streamState';
import { hasTitle, isWanted, type TriggerParameters } from './parameters';
import { PAGE_SIZE } from './videoState';

/** How many live streams are looked at for one whose times are known. */
const CANDIDATES = 5;

/**
 * Items as the events would give them, of what is there now: for Fetch Test Event in the editor.
 *
 * @throws {NodeOperationError} where there is nothing to show
 * @throws {NodeApiError} where the API refuses, fails or does not answer
 */
export async function testEventItems(client: VideographClient, settings: TriggerParameters, node: INode): Promise<IDataObject[]> {
	const items = [...(await streamTestEvents(client, settings)), ...(await videoTestEvents(client, settings))];
	if (items.length > 0) return items;
	throw new NodeOperationError(node, 'There is nothing in Videograph yet that the chosen events could show', {
		description:
			'A test event is made of a live stream, a clip or a video that is there now and passes the filters. Publish the workflow all the same: it starts by itself when one of the events happens.',
	});
}

async function streamTestEvents(client: VideographClient, settings: TriggerParameters): Promise<IDataObject[]> {
	const events = STREAM_EVENTS.filter((event) => settings.events.has(event));
	if (events.length === 0) return [];
	const now = Date.now();
	const { snapshots } = await fetchStreams(client, settings);
	const wanted = [...snapshots.values()]
		.filter(({ stream }) => hasTitle(stream.title, settings))
		.sort((a, b) => liveFirst(a.stream, b.stream))
		.slice(0, CANDIDATES);
	const found: Array<{ snapshot: StreamSnapshot; broadcast: Broadcast | undefined }> = [];
	for (const snapshot of wanted) {
		const stream = { ...snapshot.stream, ...(await client.findLivestream(snapshot.stream.streamUUID)) };
		found.push({ snapshot: { ...snapshot, stream }, broadcast: await broadcastOf(client, stream, now) });
	}
	return events.flatMap((event) => {
		if (event === 'livestreamWentLive') return found.slice(0, 1).map(({ snapshot }) => wentLiveItem(snapshot));
		const isOver = event === 'livestreamEnded';
		const timed = found.filter(({ broadcast }) => broadcast !== undefined);
		const one = timed.find(({ broadcast }) => isOver === (broadcast?.endMs !== undefined)) ?? timed[0];
		return one?.broadcast ? [streamItem(event, one.snapshot, isOver ? { endMs: now, ...one.broadcast } : one.broadcast, now)] : [];
	});
}

/** The broadcast that a stream is in, or its last one; undefined where the API tells no times. */
async function broadcastOf(client: VideographClient, stream: StreamSnapshot['stream'], now: number): Promise<Broadcast | undefined> {
	const { title, activeSince, playbackUrl } = stream;
	const broadcast = { title, startIsExact: true, lastSeenMs: now, missedPolls: 0, expiryHandled: false };
	if (typeof activeSince === 'number') return { ...broadcast, startMs: activeSince };
	const { startMs, endMs } = await fetchRecordingTimes(client, playbackUrl);
	return startMs === undefined ? undefined : { ...broadcast, startMs, endMs, endIsExact: true };
}

async function videoTestEvents(client: VideographClient, settings: TriggerParameters): Promise<IDataObject[]> {
	const events = VIDEO_EVENTS.filter((event) => settings.events.has(event));
	if (events.length === 0) return [];
	const videos = (await client.listContents(0, PAGE_SIZE)).filter((content) => isWanted(content, settings));
	videos.sort((a, b) => (b.created_at ?? 0) - (a.created_at ?? 0));
	return events.flatMap((event) => {
		const content = videos.find((one) => {
			const status = statusOf(one.status);
			return status !== 'processing' && eventOf(one, status) === event;
		});
		return content ? [videoItem(event, content)] : [];
	});
}
