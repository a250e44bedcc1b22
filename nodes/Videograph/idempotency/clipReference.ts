/**
 * Metadata key of a clip's reference: a short hash of its idempotency key and its time range. If the response to a
 * create request is lost, the lookup finds the clip by it.
 */
export const CLIP_REFERENCE_KEY = 'n8n_clip_ref';
