import type { Content, MetadataEntry, UpdateContent } from '../api/types';
import { isMetadataEntry } from '../api/response';
import { CLIP_REFERENCE_KEY } from '../idempotency/clipReference';
import { stringOrNull } from '../utils/values';

/** What somebody wants to change of a video, in the names of the API. */
export type VideoChanges = Partial<UpdateContent>;

/**
 * The request that changes a video and nothing else of it: whether the API empties what a request leaves out is not
 * known, so what the video has already is sent along. The reference by which a clip is found again stays in its
 * metadata.
 *
 * @returns undefined where the title is not known, which the API wants in each such request
 */
export function updateRequest(content: Content, changes: VideoChanges): UpdateContent | undefined {
	const { description, tags, metadata } = content;
	const title = changes.title ?? stringOrNull(content.title);
	if (title === null) return undefined;
	return {
		...(typeof description === 'string' && { description }),
		...(Array.isArray(tags) && { tags: tags.filter((tag) => stringOrNull(tag) !== null) }),
		...(Array.isArray(metadata) && { metadata: metadataEntries(metadata) }),
		...changes,
		title,
		...(changes.metadata && { metadata: withReference(metadataEntries(metadata), changes.metadata) }),
	};
}

/** The entries of a video's metadata that can be sent again: what comes from the network may be of any type. */
function metadataEntries(metadata: unknown): MetadataEntry[] {
	return Array.isArray(metadata) ? metadata.filter(isMetadataEntry).map(({ key, value }) => ({ key, value })) : [];
}

function withReference(before: MetadataEntry[], after: MetadataEntry[]): MetadataEntry[] {
	const references = before.filter(({ key }) => key === CLIP_REFERENCE_KEY);
	return [...after.filter(({ key }) => references.length === 0 || key !== CLIP_REFERENCE_KEY), ...references];
}
