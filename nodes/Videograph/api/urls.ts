/**
 * The page that plays a video or a live stream inside another page (seen in the vendor's WordPress plugin).
 *
 * @param kind which of the two the id belongs to
 */
export function embedUrl(kind: 'videoId' | 'streamId', id: string): string {
	// Unlike encodeURIComponent it takes any text, and the id comes from the network.
	const query = new URLSearchParams({ [kind]: id });
	return `https://dashboard.videograph.ai/videos/embed?${query.toString()}`;
}
