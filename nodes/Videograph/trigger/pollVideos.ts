import type { IDataObject } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { mergeVideos, type Video } from '../api/decode';
import { PAGE_SIZE } from '../video/listVideos';
import { fetchEach } from './fetchStreams';
import { eventOf, videoItem } from './output';
import { isWanted, type TriggerParameters } from './parameters';
import type { PollContext, Polled } from './pollStreams';
import { applyPage, findFinished, type FinishedVideo, INITIAL_VIDEO_STATE, type VideoState } from './videoState';

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
	const { events, includeExisting } = parameters;
	const items: IDataObject[] = [];
	const passIds = new Set<string>();
	const maxPages = previous.isFirstPass ? MAX_PAGES.first : MAX_PAGES.later;
	let state = previous;
	let outage: Error | undefined;
	let page: Video[] | undefined;
	for (let pageCount = 1; pageCount <= maxPages; pageCount++) {
		page = await client.listContents(state.start, PAGE_SIZE).catch((error: unknown) => {
			// The events of earlier pages must not wait for this one: the next poll requests it again.
			if (pageCount === 1) throw error;
			return undefined;
		});
		if (!page) break;
		const candidates = findFinished(state, page).filter((finished) => mayHaveEvent(finished, parameters));
		const details = await fetchDetails(client, candidates, parameters.tag, outage ? undefined : deadlineMs);
		outage ??= details.outage;
		for (const { video, status } of candidates) {
			if (details.failedIds.has(video.id)) continue;
			const complete = mergeVideos(video, details.videos.get(video.id));
			const event = eventOf(complete, status);
			if (events.has(event) && isWanted(complete, parameters)) items.push(videoItem(event, complete));
		}
		const applied = applyPage(state, page, { passIds, readsAll: includeExisting, unreadableIds: details.failedIds });
		state = applied.state;
		if (applied.isPassOver || Date.now() >= deadlineMs) break;
		// Between two passes, deleted videos have moved the start: the pass restarts from an earlier page.
		if (state.pass) for (const { id } of page) passIds.add(id);
		else passIds.clear();
	}
	return { state, items, outage, isBaseline: previous.isFirstPass || (state.pass !== null && page !== undefined) };
}

/** Whether a video may have an event. Only its details show for sure that it is not a clip. */
function mayHaveEvent(
	{ video, status, isPreexisting }: FinishedVideo,
	{ events, includeExisting }: TriggerParameters,
): boolean {
	if (isPreexisting && !includeExisting) return false;
	return events.has(eventOf(video, status)) || (status === 'ready' && !video.recording && events.has('clipReady'));
}

/**
 * Fetches the details of the videos whose list entry lacks them, with one request each.
 *
 * @param deadlineMs undefined after an outage: then no request is sent
 */
async function fetchDetails(
	client: VideographClient,
	candidates: FinishedVideo[],
	tag: string,
	deadlineMs: number | undefined,
): Promise<{ videos: Map<string, Video>; failedIds: Set<string>; outage?: Error }> {
	const videos = new Map<string, Video>();
	const ids = candidates.filter(({ video }) => !hasDetails(video, tag)).map(({ video }) => video.id);
	if (deadlineMs === undefined) return { videos, failedIds: new Set(ids) };
	const { failed, outage } = await fetchEach(ids, deadlineMs, async (id) => {
		const video = await client.findContent(id);
		if (video) videos.set(id, video);
	});
	return { videos, failedIds: new Set(failed), outage };
}

/** Whether the list contains all that the event needs: which fields it contains is not documented. */
function hasDetails({ recording, status, playbackUrl, tags }: Video, tag: string): boolean {
	return recording !== null && (status !== 'ready' || playbackUrl !== null) && (tag === '' || tags !== null);
}
