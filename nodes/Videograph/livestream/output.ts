import type { IDataObject } from 'n8n-workflow';
import { embedUrl } from '../api/pages';
import type { Livestream } from '../api/types';
import { isoOrNull, textOrNull } from '../shared/values';
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
		title: textOrNull(stream.title),
		description: textOrNull(stream.description),
		status: textOrNull(stream.status),
		live: isLive(stream),
		recorded,
		activeSince: isoOrNull(stream.activeSince),
		createdAt: isoOrNull(stream.createdOn ?? stream.created_at),
		ingestUrl: textOrNull(stream.ingestUrl ?? stream.rtmpUrl),
		playbackUrl: textOrNull(stream.playbackUrl),
		embedUrl: embedUrl('streamId', stream.streamUUID),
		thumbnailUrl: textOrNull(stream.thumbnailUrl),
		tags: stream.tags ?? [],
		metadata: stream.metadata ?? [],
	};
}
