import { Readable } from 'node:stream';
import type { Answer } from '../answer';
import type { Fault } from '../faults';

const PLAYLIST = /\.m3u8$/;
const MEDIA_PLAYLIST = /(?<!\/master)\.m3u8$/;
/** Not the first: one is already there when it strikes. */
const SEGMENT = /\/1\.(ts|m4s)$/;
const PAGE: Answer = {
	status: 200,
	headers: { 'content-type': 'text/html' },
	body: '<!doctype html><title>Sign in</title>',
};

/** What a CDN does to a download, for `failNextMedia`. Unless it has `times`, a fault stays. */
export const cdnFaults = {
	playbackUnauthorized: { path: PLAYLIST, times: Infinity, answer: { status: 401, body: 'The token has expired' } },
	playbackForbidden: { path: PLAYLIST, times: Infinity, answer: { status: 403, body: 'The token is missing' } },
	playlistMissing: { path: PLAYLIST, times: Infinity, answer: { status: 404, body: '' } },
	playlistIsPage: { path: PLAYLIST, times: Infinity, answer: PAGE },
	playlistEndless: { path: MEDIA_PLAYLIST, times: Infinity, answer: (real) => ({ ...real, body: endless(real) }) },
	playlistGarbled: { path: MEDIA_PLAYLIST, times: Infinity, answer: (real) => ({ ...real, body: garbled(real) }) },
	keyMissing: { path: /\/key$/, times: Infinity, answer: { status: 404, body: '' } },
	segmentMissing: { path: SEGMENT, times: Infinity, answer: { status: 404, body: '' } },
	segmentIsPage: { path: SEGMENT, times: Infinity, answer: PAGE },
	segmentEmpty: { path: SEGMENT, times: Infinity, answer: (real) => ({ ...real, body: '' }) },
	segmentUnavailable: { path: SEGMENT, times: 2, answer: { status: 503, body: '' } },
	segmentReset: { path: SEGMENT, times: 2, answer: 'reset' },
	segmentCut: { path: SEGMENT, times: 2, answer: (real) => ({ ...real, cut: true }) },
} satisfies Record<string, Fault>;

/** The playlist without its end, then its last segment again and again. */
function endless({ body }: Answer): Readable {
	const lines = String(body).split('\n');
	const end = lines.indexOf('#EXT-X-ENDLIST');
	const segment = lines.slice(end - 2, end);
	return Readable.from(
		(function* () {
			yield `${lines.slice(0, end).join('\n')}\n`;
			for (;;) yield `${segment.join('\n')}\n`.repeat(1000);
		})(),
	);
}

/** The playlist with no number as durations, and no URLs. */
function garbled({ body }: Answer): string {
	return String(body)
		.replaceAll(/(?<=#EXTINF:)[\d.]+/g, 'long')
		.replaceAll(/^[^#].*$/gm, 'http://[');
}
