import type { IDataObject, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { type Livestream, mergeLivestreams } from '../api/decode';
import { liveFirst } from '../livestream/livestream';
import { fetchRecordingTimes } from '../livestream/recordingTimes';
import { PAGE_SIZE } from '../video/listVideos';
import { listStreams } from './fetchStreams';
import { STREAM_EVENTS, VIDEO_EVENTS } from './fields';
import { eventOf, streamItem, videoItem, wentLiveItem } from './output';
import { hasTitle, isWanted, type TriggerParameters } from './parameters';
import type { Broadcast } from './streamTracker';

/** How many live streams to check for one with known times. */
const MAX_CANDIDATES = 5;

/**
 * Items of the selected events, from what Videograph has now: for Fetch Test Event in the editor.
 *
 * @throws {NodeOperationError} if there is no test data
 * @throws {VideographError} if a request fails
 */
export async function testEventItems(
	client: VideographClient,
	parameters: TriggerParameters,
	node: INode,
): Promise<IDataObject[]> {
	const items = [...(await streamTestEvents(client, parameters)), ...(await videoTestEvents(client, parameters))];
	if (items.length > 0) return items;
	throw new NodeOperationError(node, 'No test data found for the selected events', {
		description:
			'A test event needs an existing live stream, clip or video that passes the filters. ' +
			'You can publish the workflow anyway: it starts when one of the events occurs.',
	});
}

async function streamTestEvents(client: VideographClient, parameters: TriggerParameters): Promise<IDataObject[]> {
	const events = STREAM_EVENTS.filter((event) => parameters.events.has(event));
	if (events.length === 0) return [];
	const now = Date.now();
	const { snapshots } = await listStreams(client, parameters);
	const wanted = [...snapshots.values()]
		.map(({ stream }) => stream)
		.filter(({ title }) => hasTitle(title, parameters))
		.sort(liveFirst)
		.slice(0, MAX_CANDIDATES);
	const candidates: Array<{ stream: Livestream; broadcast: Broadcast | undefined }> = [];
	for (const listed of wanted) {
		const stream = mergeLivestreams(listed, await client.findLivestream(listed.id));
		candidates.push({ stream, broadcast: await latestBroadcast(client, stream, now) });
	}
	return events.flatMap((event) => {
		if (event === 'livestreamWentLive') return candidates.slice(0, 1).map(({ stream }) => wentLiveItem(stream));
		const isOver = event === 'livestreamEnded';
		const withTimes = candidates.filter(({ broadcast }) => broadcast !== undefined);
		const match = withTimes.find(({ broadcast }) => isOver === (broadcast?.endMs !== undefined)) ?? withTimes[0];
		if (!match?.broadcast) return [];
		const broadcast = isOver ? { endMs: now, ...match.broadcast } : match.broadcast;
		return [streamItem(event, match.stream, broadcast, now)];
	});
}

/** The current broadcast of a stream, else its last one; undefined if the API reports no times. */
async function latestBroadcast(
	client: VideographClient,
	{ title, activeSinceMs, playbackUrl }: Livestream,
	now: number,
): Promise<Broadcast | undefined> {
	const broadcast = { title, startIsExact: true, lastSeenMs: now, missedPolls: 0, expiryHandled: false };
	if (activeSinceMs !== null) return { ...broadcast, startMs: activeSinceMs };
	const { startMs, endMs } = await fetchRecordingTimes(client, playbackUrl);
	return startMs === undefined ? undefined : { ...broadcast, startMs, endMs, endIsExact: true };
}

async function videoTestEvents(client: VideographClient, parameters: TriggerParameters): Promise<IDataObject[]> {
	const events = VIDEO_EVENTS.filter((event) => parameters.events.has(event));
	if (events.length === 0) return [];
	const videos = (await client.listContents(0, PAGE_SIZE)).filter((video) => isWanted(video, parameters));
	videos.sort((a, b) => (b.createdMs ?? 0) - (a.createdMs ?? 0));
	return events.flatMap((event) => {
		const match = videos.find((video) => video.status !== 'processing' && eventOf(video, video.status) === event);
		return match ? [videoItem(event, match)] : [];
	});
}
