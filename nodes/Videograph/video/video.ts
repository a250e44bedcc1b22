import type { IDataObject } from 'n8n-workflow';
import { storedDetails, type Subtitle, type Video } from '../api/decode';
import type { MetadataEntry, UpdateContent } from '../api/types';
import { embedUrl } from '../api/urls';
import { isoOrNull } from '../utils/values';

/**
 * Metadata key of a clip's reference: a short hash of its idempotency key and its time range. If the response to a
 * create request is lost, the lookup finds the clip by it.
 */
export const CLIP_REFERENCE_KEY = 'n8n_clip_ref';

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

/**
 * The request that changes some properties of a video. Whether the API clears the properties that a request omits is
 * not documented, so the current values are sent too. The clip reference is retained in the metadata.
 */
export function updateRequest(video: Video, changes: UpdateContent): UpdateContent {
	const stored = storedDetails(video);
	return {
		...stored,
		...changes,
		...(changes.metadata && { metadata: withClipReference(changes.metadata, stored.metadata) }),
	};
}

function withClipReference(entries: MetadataEntry[], storedEntries: MetadataEntry[] = []): MetadataEntry[] {
	const references = storedEntries.filter(({ key }) => key === CLIP_REFERENCE_KEY);
	return [...entries.filter(({ key }) => references.length === 0 || key !== CLIP_REFERENCE_KEY), ...references];
}
