import type { VideographClient } from '../../api/client';
import type { Livestream } from '../../api/types';

export type Recorded = 'all' | 'recorded' | 'notRecorded';

/**
 * The live streams, each with `record` as the list tells it that it came from. The API lists recorded and unrecorded
 * ones apart, so all of them are two calls.
 */
export async function listLivestreams(client: VideographClient, recorded: Recorded): Promise<Livestream[]> {
	const wanted = recorded === 'all' ? [true, false] : [recorded === 'recorded'];
	const lists = await Promise.all(
		wanted.map(async (record) => (await client.listLivestreams(record)).map((stream) => ({ ...stream, record }))),
	);
	// Were the filter ignored by the server, both lists would hold the same streams.
	return [...new Map(lists.flat().reverse().map((stream) => [stream.streamUUID, stream])).values()].reverse();
}
