/** Base path of the API (docs.videograph.ai, "Base URL"). */
export const API_PATH = '/video/services/api/v1';

/**
 * Builds an API path with encoded IDs, as a template tag: path`/livestreams/${id}/clips`.
 *
 * @throws {RangeError} for an ID that changes the path (empty, "." or "..") or that cannot be encoded (lone surrogates)
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
	return parts.reduce((built, part, index) => `${built}${segment(ids[index - 1] ?? '')}${part}`);
}

function segment(id: string): string {
	if (/^\.{0,2}$|\p{Cs}/u.test(id)) throw new RangeError(`"${id}" is not an id`);
	return encodeURIComponent(id);
}

/**
 * URL of the page that embeds the player of a video or a live stream (as in the vendor's WordPress plugin).
 *
 * @param kind the type of the ID
 */
export function embedUrl(kind: 'videoId' | 'streamId', id: string): string {
	// Unlike encodeURIComponent, it accepts lone surrogates; the ID comes from the network.
	const query = new URLSearchParams({ [kind]: id });
	return `https://dashboard.videograph.ai/videos/embed?${query.toString()}`;
}

/**
 * Resolves the URL of a file, such as a line of a playlist.
 *
 * @param base the URL of the file that contains the reference
 * @returns undefined unless it is an http or https URL without user info, which would be sent as credentials
 */
export function resolveFileUrl(reference: string, base?: string): string | undefined {
	try {
		const url = new URL(reference, base);
		const isSafe = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
		return isSafe ? url.href : undefined;
	} catch {
		return undefined;
	}
}

/** A URL without its query, which may contain a token. */
export function withoutQuery(url: string): string {
	return url.replace(/[?#].*/s, '');
}
