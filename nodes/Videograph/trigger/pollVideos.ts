import type { IDataObject } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { mergeVideos, type Video } from '../api/decode';
import { PAGE_SIZE } from '../video/listVideos';
import { fetchEach } from './fetchStreams';
import { eventOf, isClip, videoItem } from './output';
import { isWanted, type TriggerParameters } from './parameters';
import type { PollContext, Polled } from './pollStreams';
import { applyPage, type FinishedVideo, INITIAL_VIDEO_STATE, type VideoState } from './videoState';

/** How many pages of the video list a poll reads at most: in the first pass over the list, and later. */
const MAX_PAGES = { first: 100, later: 10 };

/**
 * Polls the videos: reads pages until the pass over the list is over. If there is no time for all of them, the next
 * poll continues.
 *
 * @throws {VideographError} if listing fails
 */
export async function pollVideos(
	client: VideographClient,
	{ parameters, deadlineMs }: PollContext,
	previous: VideoState = INITIAL_VIDEO_STATE,
): Promise<Polled<VideoState>> {
	const items: IDataObject[] = [];
	const passIds = new Set<string>();
	const maxPages = previous.isFirstPass ? MAX_PAGES.first : MAX_PAGES.later;
	let state = previous;
	let outage: Error | undefined;
	let isInterrupted = false;
	for (let page = 1; page <= maxPages; page++) {
		const contents = await client.listContents(state.start, PAGE_SIZE).catch((error: unknown) => {
			// The events of earlier pages must not wait for this one: the next poll requests it again.
			if (page === 1) throw error;
			return undefined;
		});
		if (!contents) {
			isInterrupted = true;
			break;
		}
		const context = { passIds, readsAll: parameters.includeExisting };
		const candidates = applyPage(state, contents, context).finished.filter((video) => isCandidate(video, parameters));
		const { complete, failedIds, error } = await fetchVideoDetails(client, candidates, {
			tag: parameters.tag,
			deadlineMs,
			isOutage: outage !== undefined,
		});
		outage ??= error;
		// A video that cannot be read counts as processing, so that a later poll fetches it again.
		const readable = contents.map((video) =>
			failedIds.has(video.id) ? { ...video, status: 'processing' as const } : video,
		);
		const { videos, isPassOver } = applyPage(state, readable, context);
		state = videos;
		for (const { video, status } of complete) {
			const event = eventOf(video, status);
			if (parameters.events.has(event) && isWanted(video, parameters)) items.push(videoItem(event, video));
		}
		if (isPassOver || Date.now() >= deadlineMs) break;
		// Between two passes, deleted videos have moved the start: the pass restarts from an earlier page.
		if (state.pass) for (const { id } of contents) passIds.add(id);
		else passIds.clear();
	}
	return { state, items, outage, isBaseline: previous.isFirstPass || (state.pass !== null && !isInterrupted) };
}

/** Whether a video may have an event. Only its details show for sure that it is not a clip. */
function isCandidate(
	{ video, status, isPreexisting }: FinishedVideo,
	{ events, includeExisting }: TriggerParameters,
): boolean {
	if (isPreexisting && !includeExisting) return false;
	return events.has(eventOf(video, status)) || (status === 'ready' && !isClip(video) && events.has('clipReady'));
}

/**
 * Adds the details of videos that the list does not contain, with one request for each video that needs it; with none
 * after an outage.
 */
async function fetchVideoDetails(
	client: VideographClient,
	videos: FinishedVideo[],
	{ tag, deadlineMs, isOutage }: { tag: string; deadlineMs: number; isOutage: boolean },
) {
	const details = new Map<string, Video>();
	const incomplete = videos.map(({ video }) => video).filter((video) => !hasDetails(video, tag));
	const { failed, outage } = await fetchEach(isOutage ? [] : incomplete, deadlineMs, async ({ id }) => {
		const video = await client.findContent(id);
		if (video) details.set(id, video);
	});
	const failedIds = new Set((isOutage ? incomplete : failed).map(({ id }) => id));
	const complete = videos
		.filter(({ video }) => !failedIds.has(video.id))
		.map(({ video, status }) => ({ video: mergeVideos(video, details.get(video.id)), status }));
	return { complete, failedIds, error: outage };
}

/** Whether the list contains all that the event needs: which fields it contains is not documented. */
function hasDetails(video: Video, tag: string): boolean {
	const { status, playbackUrl, tags } = video;
	return isClip(video) && (status !== 'ready' || playbackUrl !== null) && (tag === '' || tags !== null);
}
