import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { createClient } from '../api/createClient';
import { embedUrl } from '../api/urls';
import { listLivestreams, liveFirst, type RecordedFilter } from './livestream';

/**
 * The options of the Live Stream list: streams that are live first, then the newest.
 *
 * @param filter the search text; matches a part of the title or the ID
 */
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

/** The API neither filters nor pages this list, so the filter is applied here. */
async function search(
	context: ILoadOptionsFunctions,
	recordedFilter: RecordedFilter,
	filter = '',
): Promise<INodeListSearchResult> {
	const searchText = filter.trim().toLowerCase();
	const streams = (await listLivestreams(await createClient(context), recordedFilter))
		.filter(({ title, id }) => `${title ?? ''} ${id}`.toLowerCase().includes(searchText))
		.sort(liveFirst);
	return {
		results: streams.map(({ id, title, phase, recorded }) => ({
			name: [title ?? id, phase === 'live' && '(live)', !recorded && '(not recorded)'].filter(Boolean).join(' '),
			value: id,
			url: embedUrl('streamId', id),
		})),
	};
}
