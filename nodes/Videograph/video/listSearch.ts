import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import { createClient } from '../api/createClient';
import { embedUrl } from '../api/urls';
import type { Content } from '../api/types';
import { PAGE_SIZE } from './listVideos';

/** How many pages one search looks through for a video that fits. */
const MAX_PAGES = 10;

/**
 * The choices of the Video list, in the order of the API. The API does not search, so the filter is applied here; pages
 * in which nothing fits are passed over.
 *
 * @param filter what the user typed; it may be a part of the title or of the ID
 * @param paginationToken the offset of the page to begin with, and the first video of the one before
 */
export async function searchVideos(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const fits = ({ title, contentId }: Content) => `${title ?? ''} ${contentId}`.toLowerCase().includes(wanted);
	const client = await createClient(this);
	let place = readToken(paginationToken);
	let found: Content[] = [];
	for (let count = 0; place && found.length === 0 && count < MAX_PAGES; count++) {
		const { videos, next } = await readPage(client, place);
		found = videos.filter(fits);
		place = next;
	}
	return {
		results: found.map(({ title, contentId }) => ({
			name: title || contentId,
			value: contentId,
			url: embedUrl('videoId', contentId),
		})),
		...(place && { paginationToken: `${place.start} ${place.firstBefore}` }),
	};
}

interface Cursor {
	start: number;
	/** The first video of the page before: the server may ignore where a page starts, and give the same one again. */
	firstBefore: string;
}

function readToken(token: unknown): Cursor | undefined {
	if (typeof token !== 'string' || token === '') return { start: 0, firstBefore: '' };
	const [start, firstBefore = ''] = token.split(' ');
	return { start: Number(start) || 0, firstBefore };
}

/** @returns the videos of a page, and where the next one begins; undefined: there is none */
async function readPage(
	client: VideographClient,
	{ start, firstBefore }: Cursor,
): Promise<{ videos: Content[]; next: Cursor | undefined }> {
	const videos = await client.listContents(start, PAGE_SIZE);
	const first = videos[0]?.contentId;
	if (first === undefined || first === firstBefore) return { videos: [], next: undefined };
	// A page that is longer than was asked for is the whole list.
	return { videos, next: videos.length === PAGE_SIZE ? { start: start + PAGE_SIZE, firstBefore: first } : undefined };
}
