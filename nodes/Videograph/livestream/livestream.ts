import type { IDataObject } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/decode';
import { embedUrl } from '../api/urls';
import { isoOrNull } from '../utils/values';

export type RecordedFilter = 'all' | 'recorded' | 'notRecorded';

/** Lists live streams. The API lists recorded and unrecorded streams separately, so `all` takes two requests. */
export async function listLivestreams(client: VideographClient, filter: RecordedFilter): Promise<Livestream[]> {
	const recordedValues = filter === 'all' ? [true, false] : [filter === 'recorded'];
	const lists = await Promise.all(recordedValues.map(async (recorded) => await client.listLivestreams(recorded)));
	// If the server ignores the filter, both lists contain the same streams.
	const ids = new Set<string>();
	return lists.flat().filter(({ id }) => !ids.has(id) && ids.add(id));
}

/** Sorts streams that are live first, then by creation date, newest first. */
export function liveFirst(a: Livestream, b: Livestream): number {
	return Number(b.phase === 'live') - Number(a.phase === 'live') || (b.createdMs ?? 0) - (a.createdMs ?? 0);
}

/**
 * A live stream as an output item. The keys are always present. The stream key, which allows anybody to broadcast, is
 * only part of the raw data.
 */
export function livestreamOutput(stream: Livestream): IDataObject {
	return {
		streamId: stream.id,
		title: stream.title,
		description: stream.description,
		status: stream.status,
		live: stream.phase === 'live',
		recorded: stream.recorded,
		activeSince: isoOrNull(stream.activeSinceMs),
		createdAt: isoOrNull(stream.createdMs),
		ingestUrl: stream.ingestUrl,
		playbackUrl: stream.playbackUrl,
		embedUrl: embedUrl('streamId', stream.id),
		thumbnailUrl: stream.thumbnailUrl,
		tags: stream.tags ?? [],
		metadata: stream.metadata ?? [],
	};
}
