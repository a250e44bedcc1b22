import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connect } from '../api/connect';
import { embedUrl } from '../api/pages';

/**
 * The choices of the Live Stream list: recorded streams, those that are live first, then the newest. The API neither
 * searches nor pages this list, so the filter is applied here.
 *
 * @param filter what the user typed; it may be a part of the title or of the ID
 */
export async function searchLivestreams(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const client = await connect(this);
	const wanted = filter.trim().toLowerCase();
	const streams = (await client.listLivestreams(true))
		.map((stream) => ({ ...stream, live: stream.status === 'Active', title: stream.title || stream.streamUUID }))
		.filter(({ title, streamUUID }) => `${title} ${streamUUID}`.toLowerCase().includes(wanted))
		.sort((a, b) => Number(b.live) - Number(a.live) || (b.created_at ?? 0) - (a.created_at ?? 0));
	return {
		results: streams.map(({ title, live, streamUUID }) => ({
			name: live ? `${title} (live)` : title,
			value: streamUUID,
			url: embedUrl('streamId', streamUUID),
		})),
	};
}
