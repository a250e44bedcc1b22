import { storedDetails, type Video } from '../api/decode';
import type { MetadataEntry, UpdateContent } from '../api/types';
import { CLIP_REFERENCE_KEY } from '../idempotency/clipReference';

/** The properties of a video to change, under the API's names. */
export type VideoChanges = Partial<UpdateContent>;

/**
 * The request that changes some properties of a video. Whether the API clears the properties that a request omits is
 * not documented, so the current values are sent too. The clip reference is retained in the metadata.
 *
 * @returns undefined if the title, which the API requires, is unknown
 */
export function updateRequest(video: Video, changes: VideoChanges): UpdateContent | undefined {
	const title = changes.title ?? video.title;
	if (title === null) return undefined;
	const stored = storedDetails(video);
	return {
		...stored,
		...changes,
		title,
		...(changes.metadata && { metadata: withClipReference(changes.metadata, stored.metadata) }),
	};
}

function withClipReference(entries: MetadataEntry[], storedEntries: MetadataEntry[] = []): MetadataEntry[] {
	const references = storedEntries.filter(({ key }) => key === CLIP_REFERENCE_KEY);
	return [...entries.filter(({ key }) => references.length === 0 || key !== CLIP_REFERENCE_KEY), ...references];
}
