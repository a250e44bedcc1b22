import { mediaError } from '../api/errors';
import type { ByteRange } from '../api/mediaFiles';
import { resolveFileUrl, withoutQuery } from '../api/urls';

/** HLS playlists (RFC 8216), as far as a recording needs them. */

/** A rendition in a master playlist. */
export interface Variant {
	url: string;
	bandwidth: number;
	/** In pixels; null if the playlist does not contain it. */
	height: number | null;
	codecs: string[];
	/** URL of the playlist with its sound; null if it has its own. */
	audioUrl: string | null;
}

export interface EncryptionKey {
	url: string;
	/** Initialization vector; undefined: the number of the segment. */
	iv: Uint8Array | undefined;
}

/** A file, or a part of it. */
export interface MediaPart {
	url: string;
	range?: ByteRange;
	key?: EncryptionKey;
}

export interface Segment extends MediaPart {
	/** Its number in the media sequence. */
	sequenceNumber: number;
	/** In seconds from the start of the playlist. */
	start: number;
	/** In seconds. */
	duration: number;
	/** The number of discontinuities before it: timestamps are comparable within a timeline only. */
	timeline: number;
	/** The initialization section of an fMP4 segment. */
	map?: MediaPart;
}

export type Playlist = { kind: 'master'; variants: Variant[] } | { kind: 'media'; segments: Segment[] };

/** More than 24 hours of segments of a second. */
const MAX_SEGMENTS = 100_000;
const IV_BYTES = 16;

/** Features without which a playlist would be read wrongly. */
const UNSUPPORTED: Record<string, string> = {
	'EXT-X-DEFINE': 'variables (EXT-X-DEFINE)',
	'EXT-X-I-FRAMES-ONLY': 'key pictures only (EXT-X-I-FRAMES-ONLY)',
	'EXT-X-GAP': 'missing segments (EXT-X-GAP)',
};

/**
 * Parses a playlist.
 *
 * @param url of the playlist, after redirects: relative URLs refer to it
 * @throws {VideographError} if it is no playlist, protected, still growing, or needs a feature that is not supported
 */
export function parsePlaylist(text: string, url: string): Playlist {
	const call = `GET ${withoutQuery(url)}`;
	const lines = text
		.replace(/^\uFEFF/, '')
		.split(/\r\n|\n|\r/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	if (lines[0] !== '#EXTM3U') {
		const found = isWebPage(text) ? ', but to a web page' : '';
		throw mediaError('notPlaylist', call, `The playback URL does not lead to an HLS playlist${found}`);
	}
	for (const [tag, feature] of Object.entries(UNSUPPORTED)) {
		const isUsed = lines.some((line) => line === `#${tag}` || line.startsWith(`#${tag}:`));
		if (isUsed) throw mediaError('unsupportedMedia', call, `The playlist uses ${feature}, which is not supported`);
	}
	const parser = new Parser(url, call);
	return lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:'))
		? { kind: 'master', variants: parser.variants(lines) }
		: { kind: 'media', segments: parser.segments(lines) };
}

/** Whether a text is a web page in the place of a file. */
export function isWebPage(text: string): boolean {
	return /^\s*<(!doctype|html|\?xml)/i.test(text);
}

class Parser {
	constructor(
		private readonly url: string,
		private readonly call: string,
	) {}

	variants(lines: string[]): Variant[] {
		const soundByGroup = this.soundByGroup(lines);
		const variants: Variant[] = [];
		let attributes: Map<string, string> | undefined;
		for (const line of lines) {
			if (line.startsWith('#EXT-X-STREAM-INF:')) attributes = parseAttributes(line);
			if (line.startsWith('#') || !attributes) continue;
			const group = attributes.get('AUDIO');
			variants.push({
				url: this.resolve(line),
				bandwidth: Number(attributes.get('BANDWIDTH')) || 0,
				height: Number(/^\d+x(\d+)$/i.exec(attributes.get('RESOLUTION') ?? '')?.[1] ?? NaN) || null,
				codecs: (attributes.get('CODECS') ?? '')
					.split(',')
					.map((codec) => codec.trim())
					.filter((codec) => codec !== ''),
				audioUrl: (group === undefined ? undefined : soundByGroup.get(group)) ?? null,
			});
			attributes = undefined;
		}
		if (variants.length === 0) throw this.invalid('it has no renditions');
		return variants;
	}

	/** The URL of the default sound of each group; null if it is part of the rendition itself. */
	private soundByGroup(lines: string[]): Map<string, string | null> {
		const ranks = new Map<string, number>();
		const urls = new Map<string, string | null>();
		for (const line of lines) {
			if (!line.startsWith('#EXT-X-MEDIA:')) continue;
			const attributes = parseAttributes(line);
			const group = attributes.get('GROUP-ID');
			if (attributes.get('TYPE') !== 'AUDIO' || group === undefined) continue;
			const isDefault = attributes.get('DEFAULT') === 'YES';
			const rank = isDefault ? 3 : attributes.get('AUTOSELECT') === 'YES' ? 2 : 1;
			if (rank <= (ranks.get(group) ?? 0)) continue;
			const uri = attributes.get('URI');
			ranks.set(group, rank);
			urls.set(group, uri === undefined ? null : this.resolve(uri));
		}
		return urls;
	}

	segments(lines: string[]): Segment[] {
		if (!lines.includes('#EXT-X-ENDLIST')) {
			throw mediaError('live', this.call, 'The recording is still growing: its playlist has no end');
		}
		const segments: Segment[] = [];
		let sequenceNumber = this.integer(lines, '#EXT-X-MEDIA-SEQUENCE:');
		let timeline = 0;
		let start = 0;
		let duration: number | undefined;
		let range: string | undefined;
		let map: MediaPart | undefined;
		let key: EncryptionKey | undefined;
		const rangeEnds = new Map<string, number>();

		for (const line of lines) {
			const value = line.slice(line.indexOf(':') + 1);
			if (line === '#EXT-X-ENDLIST') break;
			else if (line.startsWith('#EXTINF:')) duration = parseFloat(value);
			else if (line === '#EXT-X-DISCONTINUITY') timeline++;
			else if (line.startsWith('#EXT-X-BYTERANGE:')) range = value;
			else if (line.startsWith('#EXT-X-KEY:')) key = this.key(parseAttributes(line));
			else if (line.startsWith('#EXT-X-MAP:')) map = this.map(parseAttributes(line), key);
			else if (!line.startsWith('#')) {
				if (duration === undefined || !(duration >= 0 && duration < Infinity)) {
					throw this.invalid('a segment has no duration');
				}
				if (segments.length === MAX_SEGMENTS) throw this.invalid(`it has more than ${MAX_SEGMENTS} segments`);
				const url = this.resolve(line);
				segments.push({
					url,
					...(range !== undefined && { range: this.byteRange(range, url, rangeEnds) }),
					...(key && { key }),
					...(map && { map }),
					sequenceNumber,
					start,
					duration,
					timeline,
				});
				sequenceNumber++;
				start += duration;
				duration = undefined;
				range = undefined;
			}
		}
		if (segments.length === 0) throw this.invalid('it has no segments');
		return segments;
	}

	private map(attributes: Map<string, string>, key: EncryptionKey | undefined): MediaPart {
		const uri = attributes.get('URI');
		if (uri === undefined) throw this.invalid('an initialization section has no URI');
		if (key && !key.iv) throw this.invalid('an encrypted initialization section has no IV');
		const url = this.resolve(uri);
		const range = attributes.get('BYTERANGE');
		return {
			url,
			...(range !== undefined && { range: this.byteRange(range, url, new Map([[url, 0]])) }),
			...(key && { key }),
		};
	}

	private key(attributes: Map<string, string>): EncryptionKey | undefined {
		const method = attributes.get('METHOD');
		if (method === 'NONE') return undefined;
		const format = attributes.get('KEYFORMAT') ?? 'identity';
		if (method !== 'AES-128' || format !== 'identity') {
			throw mediaError('drm', this.call, `The video is protected (${method ?? 'unknown method'}, ${format})`);
		}
		const uri = attributes.get('URI');
		if (uri === undefined) throw this.invalid('a key has no URI');
		return { url: this.resolve(uri), iv: this.iv(attributes.get('IV')) };
	}

	private iv(text: string | undefined): Uint8Array | undefined {
		if (text === undefined) return undefined;
		const digits = /^0x([0-9a-f]{1,32})$/i.exec(text)?.[1]?.padStart(IV_BYTES * 2, '0');
		if (digits === undefined) throw this.invalid('an IV is not a hexadecimal number');
		return Uint8Array.from({ length: IV_BYTES }, (_, index) => parseInt(digits.slice(index * 2, index * 2 + 2), 16));
	}

	/** @param ends where the last range of each URL ended, for a range without a start */
	private byteRange(text: string, url: string, ends: Map<string, number>): ByteRange {
		const [, length, offset] = /^(\d{1,15})(?:@(\d{1,15}))?$/.exec(text) ?? [];
		const start = offset === undefined ? ends.get(url) : Number(offset);
		if (length === undefined || start === undefined || Number(length) === 0)
			throw this.invalid('a byte range is invalid');
		ends.set(url, start + Number(length));
		return { start, length: Number(length) };
	}

	private integer(lines: string[], tag: string): number {
		const text = lines.find((line) => line.startsWith(tag))?.slice(tag.length);
		if (text === undefined) return 0;
		if (!/^\d{1,15}$/.test(text)) throw this.invalid('the number of its first segment is invalid');
		return Number(text);
	}

	private resolve(reference: string): string {
		const url = resolveFileUrl(reference, this.url);
		if (url !== undefined) return url;
		throw mediaError('mediaUrl', this.call, 'The playlist contains a URL that is not an http or https URL');
	}

	private invalid(problem: string) {
		return mediaError('notPlaylist', this.call, `The playlist is invalid: ${problem}`);
	}
}

/** The attributes of a tag; the quotes of their values are removed. */
function parseAttributes(line: string): Map<string, string> {
	const attributes = new Map<string, string>();
	const list = line.slice(line.indexOf(':') + 1);
	for (const [, name = '', value = ''] of list.matchAll(/([A-Z0-9-]+)\s*=\s*("[^"]*"|[^",]*)/g)) {
		attributes.set(name, value.replace(/^"|"$/g, '').trim());
	}
	return attributes;
}
