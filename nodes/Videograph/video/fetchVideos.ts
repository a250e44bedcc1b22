import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';
import { runPool } from '../utils/taskPool';
import { PAGE_SIZE } from './listVideos';

/** From this number of videos on, a page of the video list is requested before single videos. */
const MIN_BATCH_SIZE = 3;
const CONCURRENCY = 5;

export type FetchResult = { content: Content } | { error: unknown };

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
		for (const content of await client.listContents(0, PAGE_SIZE)) {
			if (ids.has(content.contentId) && isComplete(content)) results.set(content.contentId, { content });
		}
	}
	const missingIds = [...ids].filter((id) => !results.has(id));
	const tasks = missingIds.map((id) => async () => {
		const request = client.getContent(id);
		results.set(
			id,
			await request.then(
				(content) => ({ content }),
				(error: unknown) => ({ error }),
			),
		);
	});
	await runPool(tasks, CONCURRENCY);
	return results;
}

/**
 * Whether a list entry is sufficient: the details of a video that is still processing contain no more than its entry.
 */
function isComplete({ status, playbackUrl }: Content): boolean {
	return status !== undefined && (status !== 'Ready' || Boolean(playbackUrl));
}
