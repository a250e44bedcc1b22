import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';
import { runPool } from '../utils/taskPool';

/** From how many videos on they are read from the list of videos, a page of this size, at first. */
const BATCH = { from: 3, page: 100 };
const CONCURRENCY = 5;

export type FetchResult = { content: Content } | { error: unknown };

/**
 * Reads how videos stand: many of them from one page of the list of videos; what it does not tell is asked for alone.
 *
 * @param contentIds may hold an id twice; it is read once
 * @returns what became of each
 * @throws {NodeApiError} where the list fails
 */
export async function fetchVideos(client: VideographClient, contentIds: string[]): Promise<Map<string, FetchResult>> {
	const ids = new Set(contentIds);
	const readings = new Map<string, FetchResult>();
	if (ids.size >= BATCH.from) {
		for (const content of await client.listContents(0, BATCH.page)) {
			if (ids.has(content.contentId) && isComplete(content)) readings.set(content.contentId, { content });
		}
	}
	const tasks = [...ids].filter((id) => !readings.has(id)).map((id) => async () => {
		readings.set(id, await client.getContent(id).then((content) => ({ content }), (error: unknown) => ({ error })));
	});
	await runPool(tasks, CONCURRENCY);
	return readings;
}

/** Whether a list tells enough: a video that is still being made tells nothing more when it is asked for alone. */
function isComplete({ status, playbackUrl }: Content): boolean {
	return status !== undefined && (status !== 'Ready' || Boolean(playbackUrl));
}
