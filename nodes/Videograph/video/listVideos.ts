import type { VideographClient } from '../api/client';
import type { Video } from '../api/decode';

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
