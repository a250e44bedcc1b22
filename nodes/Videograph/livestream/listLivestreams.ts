import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/types';

export type RecordedFilter = 'all' | 'recorded' | 'notRecorded';

export interface ListedLivestream {
	stream: Livestream;
	/** Derived from the list that contains the stream; the stream itself has no such property. */
	recorded: boolean;
}

/** Lists live streams. The API lists recorded and unrecorded streams separately, so `all` takes two requests. */
export async function listLivestreams(client: VideographClient, filter: RecordedFilter): Promise<ListedLivestream[]> {
	const recordedValues = filter === 'all' ? [true, false] : [filter === 'recorded'];
	const lists = await Promise.all(
		recordedValues.map(async (recorded) =>
			(await client.listLivestreams(recorded)).map((stream) => ({ stream, recorded })),
		),
	);
	// If the server ignores the filter, both lists contain the same streams.
	const ids = new Set<string>();
	return lists.flat().filter(({ stream }) => !ids.has(stream.streamUUID) && ids.add(stream.streamUUID));
}
