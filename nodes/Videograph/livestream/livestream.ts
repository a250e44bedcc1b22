import type { IDataObject } from 'n8n-workflow';
import { embedUrl } from '../api/urls';
import type { Livestream } from '../api/types';
import { isoOrNull, stringOrNull } from '../utils/values';
import { isLive } from './status';

/**
 * A live stream as an output item, every key always there. Its stream key, which lets anybody broadcast, is left to the
 * raw data.
 *
 * @param recorded null where it is not known: only the lists tell it
 */
export function livestreamOutput(stream: Livestream, recorded: boolean | null): IDataObject {
	return {
		streamId: stream.streamUUID,
		title: stringOrNull(stream.title),
		description: stringOrNull(stream.description),
		status: stringOrNull(stream.status),
		live: isLive(stream),
		recorded,
		activeSince: isoOrNull(stream.activeSince),
		createdAt: isoOrNull(stream.createdOn ?? stream.created_at),
		ingestUrl: stringOrNull(stream.ingestUrl ?? stream.rtmpUrl),
		playbackUrl: stringOrNull(stream.playbackUrl),
		embedUrl: embedUrl('streamId', stream.streamUUID),
		thumbnailUrl: stringOrNull(stream.thumbnailUrl),
		tags: stream.tags ?? [],
		metadata: stream.metadata ?? [],
	};
}
