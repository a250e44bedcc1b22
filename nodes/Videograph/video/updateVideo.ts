import { isMetadataEntry } from '../api/response';
import type { Content, MetadataEntry, UpdateContent } from '../api/types';
import { CLIP_REFERENCE_KEY } from '../idempotency/clipReference';
import { stringOrNull } from '../utils/values';

/** The properties of a video to change, under the API's names. */
export type VideoChanges = Partial<UpdateContent>;

/**
 * The request that changes some properties of a video. Whether the API clears the properties that a request omits is
 * not documented, so the current values are sent too. The clip reference is retained in the metadata.
 *
 * @returns undefined if the title, which the API requires, is unknown
 */
export function updateRequest(content: Content, changes: VideoChanges): UpdateContent | undefined {
	const { description, tags, metadata } = content;
	const title = changes.title ?? stringOrNull(content.title);
	if (title === null) return undefined;
	return {
		...(typeof description === 'string' && { description }),
		...(Array.isArray(tags) && { tags: tags.filter((tag) => stringOrNull(tag) !== null) }),
		...(Array.isArray(metadata) && { metadata: validEntries(metadata) }),
		...changes,
		title,
		...(changes.metadata && { metadata: withClipReference(changes.metadata, validEntries(metadata)) }),
	};
}

/** The metadata entries that the API accepts; a response may contain values of any type. */
function validEntries(metadata: unknown): MetadataEntry[] {
	return Array.isArray(metadata) ? metadata.filter(isMetadataEntry).map(({ key, value }) => ({ key, value })) : [];
}

function withClipReference(entries: MetadataEntry[], currentEntries: MetadataEntry[]): MetadataEntry[] {
	const references = currentEntries.filter(({ key }) => key === CLIP_REFERENCE_KEY);
	return [...entries.filter(({ key }) => references.length === 0 || key !== CLIP_REFERENCE_KEY), ...references];
}
