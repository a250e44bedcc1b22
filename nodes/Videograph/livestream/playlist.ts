/** What an HLS playlist tells of a recording. */
export interface Playlist {
	/** The first of the playlists that it leads to, as it is written there; only then nothing else is known. */
	variant?: string;
	/** When its first segment begins, in epoch milliseconds; only where nothing before that has left the playlist. */
	startMs?: number;
	/** When its last segment ends, in epoch milliseconds. */
	endMs?: number;
}

const HAS_ZONE = /(z|[+-]\d{2}:?\d{2})$/i;

/**
 * Reads an HLS playlist (RFC 8216). The times are known where it has program date times: they are counted on over the
 * lengths of the segments, and back from the first one to the beginning.
 */
export function parsePlaylist(text: string): Playlist {
	const lines = text.split(/\r?\n/).map((line) => line.trim());
	if (lines[0] !== '#EXTM3U') return {};
	const stream = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF:'));
	if (stream >= 0) return { variant: lines.slice(stream).find((line) => line !== '' && !line.startsWith('#')) };

	let fromBeginning = true;
	let startMs: number | undefined;
	let cursorMs: number | undefined;
	let passedMs = 0;
	for (const line of lines) {
		const [tag, value] = splitTag(line);
		if (tag === '#EXT-X-MEDIA-SEQUENCE') fromBeginning = Number(value) <= 1;
		if (tag === '#EXT-X-PROGRAM-DATE-TIME') {
			// Without its zone a time would be read in the zone of this machine.
			const time = HAS_ZONE.test(value) ? Date.parse(value) : Number.NaN;
			if (Number.isNaN(time)) continue;
			startMs ??= Math.round(time - passedMs);
			cursorMs = time;
		}
		if (tag === '#EXTINF') {
			const lengthMs = Math.max(parseFloat(value) * 1000, 0) || 0;
			passedMs += lengthMs;
			if (cursorMs !== undefined) cursorMs += lengthMs;
		}
	}
	return { ...(fromBeginning && { startMs }), endMs: cursorMs === undefined ? undefined : Math.round(cursorMs) };
}

function splitTag(line: string): [tag: string, value: string] {
	const colon = line.indexOf(':');
	return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
}
