export type VideoStatus = 'processing' | 'ready' | 'failed';

/** Where a video stands, in the API's own words: any text but these two means that it is not ready. */
export function statusOf(status: unknown): VideoStatus {
	if (status === 'Ready') return 'ready';
	return status === 'Failed' ? 'failed' : 'processing';
}
