import type { MediaOptions } from './options';
import { type Recording, segmentAt, segmentCount } from './recording';
import type { Rendition } from './renditions';

/** How many segments a playlist has at most: those of 12 hours of the usual length, or those of a live window. */
const SEGMENTS = { all: 7200, window: 5 };
const AUDIO_GROUP = 'sound';
const KEY_SYSTEM = 'METHOD=SAMPLE-AES,URI="skd://key",KEYFORMAT="com.apple.streamingkeydelivery"';

/** The extension of a segment's name. */
export const EXTENSIONS = { ts: 'ts', fmp4: 'm4s' } as const;

/** Returns how a playlist refers to a file of its recording. */
export type UriOf = (file: string) => string;

/** The playlist that leads to those of the renditions. */
export function masterPlaylist(renditions: Rendition[], { tracks, encryption }: MediaOptions, uriOf: UriOf): string {
	const lines = ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-INDEPENDENT-SEGMENTS'];
	if (encryption === 'drm') lines.push(`#EXT-X-SESSION-KEY:${KEY_SYSTEM}`);
	const isApart = tracks === 'apart';
	if (isApart) {
		const attributes = [`GROUP-ID="${AUDIO_GROUP}"`, 'NAME="Sound"', 'DEFAULT=YES', 'AUTOSELECT=YES', 'CHANNELS="2"'];
		lines.push(`#EXT-X-MEDIA:TYPE=AUDIO,${attributes.join(',')},URI="${uriOf('audio.m3u8')}"`);
	}
	for (const { name, size, codecs, bandwidth } of renditions) {
		if (isApart && !size) continue;
		const attributes = [
			`BANDWIDTH=${bandwidth}`,
			`CODECS="${codecs.join(',')}"`,
			...(size ? [`RESOLUTION=${size.width}x${size.height}`, 'FRAME-RATE=25.000'] : []),
			...(isApart ? [`AUDIO="${AUDIO_GROUP}"`] : []),
		];
		lines.push(`#EXT-X-STREAM-INF:${attributes.join(',')}`, uriOf(`${name}.m3u8`));
	}
	return text(lines);
}

/** The playlist of a rendition: the segments so far. It ends with the recording. */
export function mediaPlaylist({ name }: Rendition, recording: Recording, media: MediaOptions, uriOf: UriOf): string {
	const { container, encryption, segmentMs, segmentsPerPart } = media;
	const { playlist: kind, isLive } = recording;
	const count = segmentCount(recording, media);
	const first = Math.max(count - (kind === 'sliding' ? SEGMENTS.window : SEGMENTS.all), 0);
	const lines = [
		'#EXTM3U',
		`#EXT-X-VERSION:${container === 'fmp4' ? 7 : 3}`,
		`#EXT-X-TARGETDURATION:${Math.ceil(segmentMs / 1000)}`,
		`#EXT-X-MEDIA-SEQUENCE:${first}`,
	];
	if (segmentsPerPart !== Infinity) {
		lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${Math.max(Math.ceil(first / segmentsPerPart) - 1, 0)}`);
	}
	// The initialization section is before the key, and so not encrypted.
	if (container === 'fmp4') lines.push(`#EXT-X-MAP:URI="${uriOf(`${name}/init.mp4`)}"`);
	if (encryption === 'aes128') lines.push(`#EXT-X-KEY:METHOD=AES-128,URI="${uriOf('key')}"`);
	if (encryption === 'drm') lines.push(`#EXT-X-KEY:${KEY_SYSTEM}`);
	for (let index = first; index < count; index++) {
		const { fromMs, toMs } = segmentAt(recording, index, media);
		if (index > first && index % segmentsPerPart === 0) lines.push('#EXT-X-DISCONTINUITY');
		if (kind !== 'plain') lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(fromMs).toISOString()}`);
		lines.push(`#EXTINF:${((toMs - fromMs) / 1000).toFixed(3)},`, uriOf(`${name}/${index}.${EXTENSIONS[container]}`));
	}
	return text(isLive ? lines : [...lines, '#EXT-X-ENDLIST']);
}

function text(lines: string[]): string {
	return `${lines.join('\n')}\n`;
}
