import { createHash } from 'crypto';

/** The name under which a clip's reference is kept in its metadata. */
export const REFERENCE_KEY = 'n8n_clip_ref';

/**
 * A short name for one wish of one execution: the same each time that the wish is repeated, and no other wish's. Kept
 * with the clip, it tells whether the clip of a request whose answer was lost exists.
 *
 * @param wish the execution, the node, its run, the item and the request
 */
export function clipReference(wish: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(wish)).digest('hex').slice(0, 16);
}
