import type { Content, MetadataEntry, UpdateContent } from '../api/types';
import { REFERENCE_KEY } from '../clip/reference';

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
	const { description } = content;
	const title = changes.title ?? content.title;
	if (!title) return undefined;
	return {
		...(typeof description === 'string' && { description }),
		...(content.tags && { tags: content.tags.filter((tag) => tag !== '') }),
		...(content.metadata && { metadata: content.metadata.map(({ key, value }) => ({ key, value })) }),
		...changes,
		title,
		...(changes.metadata && { metadata: withReference(content.metadata ?? [], changes.metadata) }),
	};
}

function withReference(before: MetadataEntry[], after: MetadataEntry[]): MetadataEntry[] {
	const references = before.filter(({ key }) => key === REFERENCE_KEY);
	return [...after.filter(({ key }) => references.length === 0 || key !== REFERENCE_KEY), ...references];
}
