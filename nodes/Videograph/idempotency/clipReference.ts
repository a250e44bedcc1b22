/**
 * The name under which a clip's reference is kept in the metadata of its video. A reference is the short hash of who asked
 * for the clip (execution, node, item) and for what: by it the clip of a request whose answer was lost is found again.
 */
export const CLIP_REFERENCE_KEY = 'n8n_clip_ref';
