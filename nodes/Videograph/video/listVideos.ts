import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';

/** How many videos are asked for at once. */
export const PAGE_SIZE = 100;

/**
 * The videos, page by page. The server may ignore where a page starts, and how long it may be: a page without anything
 * new is the end, and a video that comes twice counts once.
 *
 * @param limit how many at the most
 */
export async function listVideos(client: VideographClient, limit: number): Promise<Content[]> {
	const videos = new Map<string, Content>();
	const size = Math.min(PAGE_SIZE, limit);
	for (let start = 0; videos.size < limit; start += size) {
		const before = videos.size;
		const page = await client.listContents(start, size);
		for (const content of page) if (!videos.has(content.contentId)) videos.set(content.contentId, content);
		if (page.length < size || videos.size === before) break;
	}
	return [...videos.values()].slice(0, limit);
}
