import { createHash } from 'crypto';

/**
 * The name under which a clip's reference is kept in its metadata. A reference is the short hash of who asked for the
 * clip (execution, node, item) and for what: by it the clip of a request whose answer was lost is found again.
 */
export const REFERENCE_KEY = 'n8n_clip_ref';

/** A short name for some values: the same for the same values, and for no others. */
export function shortHash(values: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
