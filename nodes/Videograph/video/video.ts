import type { IDataObject } from 'n8n-workflow';
import type { Content, Subtitle } from '../api/types';
import { embedUrl } from '../api/urls';
import { isoOrNull, stringOrNull } from '../utils/values';

export type VideoStatus = 'processing' | 'ready' | 'failed';

/** Maps the API's status of a video. Any status other than `Ready` and `Failed` means processing. */
export function statusOf(status: unknown): VideoStatus {
	if (status === 'Ready') return 'ready';
	return status === 'Failed' ? 'failed' : 'processing';
}

/** A video as an output item. The keys are part of the public contract and always present. */
export function videoOutput(content: Content): IDataObject {
	const { contentId, duration } = content;
	return {
		contentId,
		title: stringOrNull(content.title),
		description: stringOrNull(content.description),
		status: statusOf(content.status),
		/** In seconds; the API returns milliseconds. */
		duration: typeof duration === 'number' ? duration / 1000 : null,
		createdAt: isoOrNull(content.created_at),
		playbackUrl: stringOrNull(content.playbackUrl),
		embedUrl: embedUrl('videoId', contentId),
		thumbnailUrl: stringOrNull(content.thumbnailUrl),
		tags: content.tags ?? [],
		metadata: content.metadata ?? [],
	};
}

/** A subtitle as an output item. The keys are always present; values that the API did not return are null. */
export function subtitleOutput(
	contentId: string,
	subtitle: Omit<Subtitle, 'uuid'> & { uuid: string | null },
): IDataObject {
	return {
		contentId,
		subtitleId: subtitle.uuid,
		name: stringOrNull(subtitle.name),
		languageCode: stringOrNull(subtitle.language_code),
		closedCaptions: subtitle.support_closed_captions ?? null,
		url: stringOrNull(subtitle.url),
	};
}
