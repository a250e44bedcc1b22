import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import { createClient } from '../api/createClient';
import { embedUrl } from '../api/urls';
import { listLivestreams, type RecordedFilter } from './listLivestreams';
import { isLive, liveFirst } from './status';

/**
 * The choices of the Live Stream list: those that are live first, then the newest.
 *
 * @param filter what the user typed; it may be a part of the title or of the ID
 */
export async function searchLivestreams(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	return await search(this, 'all', filter);
}

/** As `searchLivestreams`, of those that are recorded: only they can be clipped. */
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

/** The API neither searches nor pages this list, so the filter is applied here. */
async function search(
	context: ILoadOptionsFunctions,
	which: RecordedFilter,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const streams = (await listLivestreams(await createClient(context), which))
		.map(({ stream, recorded }) => ({ ...stream, recorded, title: stream.title || stream.streamUUID }))
		.filter(({ title, streamUUID }) => `${title} ${streamUUID}`.toLowerCase().includes(wanted))
		.sort(liveFirst);
	return {
		results: streams.map((stream) => ({
			name: [stream.title, isLive(stream) && '(live)', !stream.recorded && '(not recorded)'].filter(Boolean).join(' '),
			value: stream.streamUUID,
			url: embedUrl('streamId', stream.streamUUID),
		})),
	};
}
