/** What to do about a 404 to a call that names a live stream. */
export const STREAM_NOT_FOUND =
	'Check Live Stream: it may be deleted, or belong to another environment than the access token of the Videograph API credential.';
