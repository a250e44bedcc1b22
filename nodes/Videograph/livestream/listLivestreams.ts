import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/types';

export type RecordedFilter = 'all' | 'recorded' | 'notRecorded';

export interface ListedLivestream {
	stream: Livestream;
	/** The list tells it by holding the stream: the stream itself does not. */
	recorded: boolean;
}

/** The live streams. The API lists recorded and unrecorded ones apart, so all of them are two calls. */
export async function listLivestreams(client: VideographClient, recorded: RecordedFilter): Promise<ListedLivestream[]> {
	const wanted = recorded === 'all' ? [true, false] : [recorded === 'recorded'];
	const lists = await Promise.all(
		wanted.map(async (record) =>
			(await client.listLivestreams(record)).map((stream) => ({ stream, recorded: record })),
		),
	);
	// Were the filter ignored by the server, both lists would hold the same streams.
	const seen = new Set<string>();
	return lists.flat().filter(({ stream }) => !seen.has(stream.streamUUID) && seen.add(stream.streamUUID));
}
