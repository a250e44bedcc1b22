import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';
import { runPool } from '../shared/pool';

/** From how many videos on they are read from the list of videos, a page of this size, at first. */
const BULK = { from: 3, page: 100 };
const AT_ONCE = 5;

export type Reading = { content: Content } | { error: unknown };

/**
 * Reads how videos stand: many of them from one page of the list of videos; what it does not tell is asked for alone.
 *
 * @param contentIds may hold an id twice; it is read once
 * @returns what became of each
 * @throws {NodeApiError} where the list fails
 */
export async function readVideos(client: VideographClient, contentIds: string[]): Promise<Map<string, Reading>> {
	const ids = new Set(contentIds);
	const readings = new Map<string, Reading>();
	if (ids.size >= BULK.from) {
		for (const content of await client.listContents(0, BULK.page)) {
			if (ids.has(content.contentId) && isTold(content)) readings.set(content.contentId, { content });
		}
	}
	const tasks = [...ids].filter((id) => !readings.has(id)).map((id) => async () => {
		readings.set(id, await client.getContent(id).then((content) => ({ content }), (error: unknown) => ({ error })));
	});
	await runPool(tasks, AT_ONCE);
	return readings;
}

/** Whether a list tells enough: a video that is still being made tells nothing more when it is asked for alone. */
function isTold({ status, playbackUrl }: Content): boolean {
	return status !== undefined && (status !== 'Ready' || Boolean(playbackUrl));
}
