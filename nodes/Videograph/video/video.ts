import type { IDataObject } from 'n8n-workflow';
import { embedUrl } from '../api/urls';
import type { Content } from '../api/types';
import { statusOf } from './status';
import { isoOrNull, stringOrNull } from '../utils/values';

/** A video as an output item: part of the public contract, every key always there. */
export function videoOutput(content: Content): IDataObject {
	const { contentId, duration } = content;
	return {
		contentId,
		title: stringOrNull(content.title),
		description: stringOrNull(content.description),
		status: statusOf(content.status),
		/** In seconds; the API tells milliseconds. */
		duration: typeof duration === 'number' ? duration / 1000 : null,
		createdAt: isoOrNull(content.created_at),
		playbackUrl: stringOrNull(content.playbackUrl),
		embedUrl: embedUrl('videoId', contentId),
		thumbnailUrl: stringOrNull(content.thumbnailUrl),
		tags: content.tags ?? [],
		metadata: content.metadata ?? [],
	};
}
