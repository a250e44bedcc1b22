/** Where the API lives under the host (docs.videograph.ai, "Base URL"). */
export const API_PATH = '/video/services/api/v1';

/**
 * A path of the API with its ids encoded, as a template tag: path`/livestreams/${id}/clips`.
 *
 * @throws {RangeError} for an id that a URL would swallow or climb by (empty, "." or ".."), and for one that is no
 * Unicode text: no encoding helps
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
	return parts.reduce((built, part, index) => `${built}${segment(ids[index - 1] ?? '')}${part}`);
}

function segment(id: string): string {
	if (/^\.{0,2}$|\p{Cs}/u.test(id)) throw new RangeError(`"${id}" is not an id`);
	return encodeURIComponent(id);
}
