import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { createClient } from '../api/createClient';
import type { Livestream, Video } from '../api/decode';
import { embedUrl } from '../api/urls';
import { listLivestreams, liveFirst, type RecordedFilter } from '../livestream/livestream';
import { PAGE_SIZE } from '../video/listVideos';

/** The lists in the editor. The API does not filter, so the filter is applied here. */

/** @param filter the search text; matches a part of the title or the ID */
function matcherOf(filter = ''): (resource: Livestream | Video) => boolean {
	const searchText = filter.trim().toLowerCase();
	return ({ title, id }) => `${title ?? ''} ${id}`.toLowerCase().includes(searchText);
}

/** The options of the Live Stream list: streams that are live first, then the newest. */
export async function searchLivestreams(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await search(this, 'all', filter);
}

/** Like `searchLivestreams`, limited to recorded streams: only they can be clipped. */
export async function searchRecordedLivestreams(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, 'recorded', filter);
}

/** Options of the trigger's Live Stream Names or IDs: all live streams, in the same order. */
export async function getLivestreams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await searchLivestreams.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}

/** The API does not page this list. */
async function search(
	context: ILoadOptionsFunctions,
	recordedFilter: RecordedFilter,
	filter?: string,
): Promise<INodeListSearchResult> {
	const listed = await listLivestreams(await createClient(context), recordedFilter);
	const streams = listed.filter(matcherOf(filter)).sort(liveFirst);
	return {
		results: streams.map(({ id, title, phase, recorded }) => ({
			name: [title ?? id, phase === 'live' && '(live)', !recorded && '(not recorded)'].filter(Boolean).join(' '),
			value: id,
			url: embedUrl('streamId', id),
		})),
	};
}

/** The maximum number of videos, and of requests, to search for a match. */
const MAX_VIDEOS = 1000;
const MAX_REQUESTS = 50;

/**
 * The options of the Video list, in the order of the API. Pages without a match are skipped.
 *
 * @param paginationToken the cursor of the page to start with
 */
export async function searchVideos(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const isMatch = matcherOf(filter);
	const client = await createClient(this);
	const matches: Video[] = [];
	let cursor: Cursor | undefined = parseToken(paginationToken);
	let videoCount = 0;
	// Pages that the server caps are combined.
	const isComplete = () => videoCount >= (matches.length > 0 ? PAGE_SIZE : MAX_VIDEOS);
	for (let requestCount = 0; cursor && requestCount < MAX_REQUESTS && !isComplete(); requestCount++) {
		const page = await client.listContents(cursor.start, PAGE_SIZE);
		videoCount += page.length;
		cursor = nextCursor(cursor, page);
		if (cursor) matches.push(...page.filter(isMatch));
	}
	return {
		results: matches.map(({ title, id }) => ({ name: title ?? id, value: id, url: embedUrl('videoId', id) })),
		...(cursor && { paginationToken: `${cursor.start} ${cursor.firstId} ${cursor.lastId}` }),
	};
}

interface Cursor {
	start: number;
	/** The IDs of the first and the last video of the previous page, to recognize a page that the server repeats. */
	firstId: string;
	lastId: string;
}

function parseToken(token: unknown): Cursor {
	const [start, firstId = '', lastId = ''] = typeof token === 'string' ? token.split(' ') : [];
	return { start: Number(start) || 0, firstId, lastId };
}

/** @returns undefined if the page contains no new video; a short page is not the end of the list */
function nextCursor({ start, firstId, lastId }: Cursor, page: Video[]): Cursor | undefined {
	const first = page.at(0)?.id;
	const last = page.at(-1)?.id;
	if (first === undefined || last === undefined || first === firstId || last === lastId) return undefined;
	return { start: start + page.length, firstId: first, lastId: last };
}
