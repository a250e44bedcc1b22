import type { IDataObject } from 'n8n-workflow';
import type { Subtitle, Video } from '../api/decode';
import { embedUrl } from '../api/urls';
import { isoOrNull } from '../utils/values';

/** A video as an output item. The keys are part of the public contract and always present. */
export function videoOutput(video: Video): IDataObject {
	const { id, durationMs } = video;
	return {
		contentId: id,
		title: video.title,
		description: video.description,
		status: video.status,
		/** In seconds. */
		duration: durationMs === null ? null : durationMs / 1000,
		createdAt: isoOrNull(video.createdMs),
		playbackUrl: video.playbackUrl,
		embedUrl: embedUrl('videoId', id),
		thumbnailUrl: video.thumbnailUrl,
		tags: video.tags ?? [],
		metadata: video.metadata ?? [],
	};
}

/** A subtitle as an output item. The keys are always present; values that the API did not return are null. */
export function subtitleOutput(contentId: string, subtitle: Subtitle): IDataObject {
	const { id, name, languageCode, closedCaptions, url } = subtitle;
	return { contentId, subtitleId: id, name, languageCode, closedCaptions, url };
}
