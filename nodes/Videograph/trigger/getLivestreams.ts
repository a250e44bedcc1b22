import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { searchLivestreams } from '../livestream/search';

/** The choices of Live Stream Names or IDs: recorded streams, those that are live first, then the newest. */
export async function getLivestreams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await searchLivestreams.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}
