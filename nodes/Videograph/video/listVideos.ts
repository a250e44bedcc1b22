import { MAX_PARALLEL_REQUESTS, type VideographClient } from '../api/client';
import type { Video } from '../api/decode';
import { runPool } from '../utils/taskPool';

/** The page size to request. The server may return fewer videos, or ignore it. */
export const PAGE_SIZE = 100;

/**
 * Lists videos page by page. A short page is not the end of the list, because the server may cap the page size. The end
 * is a page without a new video: an empty one, or one that the server repeats.
 *
 * @param limit the maximum number of videos
 */
export async function listVideos(client: VideographClient, limit: number): Promise<Video[]> {
	const videos = new Map<string, Video>();
	const pageSize = Math.min(PAGE_SIZE, limit);
	for (let start = 0; videos.size < limit;) {
		const previousSize = videos.size;
		const page = await client.listContents(start, pageSize);
		for (const video of page) if (!videos.has(video.id)) videos.set(video.id, video);
		if (videos.size === previousSize) break;
		start += page.length;
	}
	return [...videos.values()].slice(0, limit);
}

/** From this number of videos on, a page of the video list is requested before single videos. */
const MIN_BATCH_SIZE = 3;

export type FetchResult = { video: Video } | { error: unknown };

/**
 * Fetches videos by ID: many of them with one page of the video list, the rest one by one.
 *
 * @param contentIds may contain duplicates; each video is fetched once
 * @returns a result for each ID
 * @throws {VideographError} if listing fails
 */
export async function fetchVideos(client: VideographClient, contentIds: string[]): Promise<Map<string, FetchResult>> {
	const ids = new Set(contentIds);
	const results = new Map<string, FetchResult>();
	if (ids.size >= MIN_BATCH_SIZE) {
		for (const video of await client.listContents(0, PAGE_SIZE)) {
			if (ids.has(video.id) && isComplete(video)) results.set(video.id, { video });
		}
	}
	const missingIds = [...ids].filter((id) => !results.has(id));
	const tasks = missingIds.map((id) => async () => {
		await client.getContent(id).then(
			(video) => results.set(id, { video }),
			(error: unknown) => results.set(id, { error }),
		);
	});
	await runPool(tasks, MAX_PARALLEL_REQUESTS);
	return results;
}

/**
 * Whether a list entry is sufficient: the details of a video that is still processing contain no more than its entry.
 */
function isComplete({ hasStatus, status, playbackUrl }: Video): boolean {
	return hasStatus && (status !== 'ready' || playbackUrl !== null);
}
