import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { searchLivestreams } from '../livestream/listSearch';

/** The choices of Live Stream Names or IDs. */
export async function getLivestreams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await searchLivestreams.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}
