import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/decode';

export type RecordedFilter = 'all' | 'recorded' | 'notRecorded';

/** Lists live streams. The API lists recorded and unrecorded streams separately, so `all` takes two requests. */
export async function listLivestreams(client: VideographClient, filter: RecordedFilter): Promise<Livestream[]> {
	const recordedValues = filter === 'all' ? [true, false] : [filter === 'recorded'];
	const lists = await Promise.all(recordedValues.map(async (recorded) => await client.listLivestreams(recorded)));
	// If the server ignores the filter, both lists contain the same streams.
	const ids = new Set<string>();
	return lists.flat().filter(({ id }) => !ids.has(id) && ids.add(id));
}
