import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { createClient } from '../api/createClient';
import type { Content } from '../api/types';
import { embedUrl } from '../api/urls';
import { PAGE_SIZE } from './listVideos';

/** The maximum number of pages that one search requests to find a match. */
const MAX_PAGES = 10;

/**
 * The options of the Video list, in the order of the API. The API does not filter, so the filter is applied here, and
 * pages without a match are skipped.
 *
 * @param filter the search text; matches a part of the title or the ID
 * @param paginationToken the cursor of the page to start with
 */
export async function searchVideos(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const searchText = filter.trim().toLowerCase();
	const isMatch = ({ title, contentId }: Content) => `${title ?? ''} ${contentId}`.toLowerCase().includes(searchText);
	const client = await createClient(this);
	let cursor = parseToken(paginationToken);
	let matches: Content[] = [];
	for (let pageCount = 0; cursor && matches.length === 0 && pageCount < MAX_PAGES; pageCount++) {
		const { videos, next } = await fetchPage(client, cursor);
		matches = videos.filter(isMatch);
		cursor = next;
	}
	return {
		results: matches.map(({ title, contentId }) => ({
			name: title || contentId,
			value: contentId,
			url: embedUrl('videoId', contentId),
		})),
		...(cursor && { paginationToken: `${cursor.start} ${cursor.previousFirstId}` }),
	};
}

interface Cursor {
	start: number;
	/** The ID of the first video of the previous page: a server that ignores `start` returns the same page again. */
	previousFirstId: string;
}

function parseToken(token: unknown): Cursor | undefined {
	if (typeof token !== 'string' || token === '') return { start: 0, previousFirstId: '' };
	const [start, previousFirstId = ''] = token.split(' ');
	return { start: Number(start) || 0, previousFirstId };
}

/** @returns the videos of a page and the cursor of the next one; undefined if there is none */
async function fetchPage(
	client: VideographClient,
	{ start, previousFirstId }: Cursor,
): Promise<{ videos: Content[]; next: Cursor | undefined }> {
	const videos = await client.listContents(start, PAGE_SIZE);
	const firstId = videos[0]?.contentId;
	if (firstId === undefined || firstId === previousFirstId) return { videos: [], next: undefined };
	// A page that is longer than requested is the whole list.
	const hasNext = videos.length === PAGE_SIZE;
	return { videos, next: hasNext ? { start: start + PAGE_SIZE, previousFirstId: firstId } : undefined };
}
