import { NUMBER_SQUARES, PICTURES_PER_SECOND, type PictureSize, pictureSize } from './clockPicture';
import { BLOCK_BYTES, BLOCK_HEADER_BYTES, codecOf } from './h264';
import type { MediaOptions } from './options';
import { AUDIO_CODEC } from './sound';

/** One of the playlists of a recording. */
export interface Rendition {
	/** The name of its playlist and of the folder of its segments. */
	name: string;
	/** Undefined: it has no picture. */
	size: PictureSize | undefined;
	hasSound: boolean;
	/** By which each picture is larger than it needs to be, in bytes. */
	padding: number;
	codecs: string[];
	/** The largest rate in bits per second. */
	bandwidth: number;
}

const SOUND_BITS = 100_000;
/** Headers of containers, generously. */
const OVERHEAD = 1.15;

/** All renditions, in the order of the master playlist; one of sound alone is the last. */
export function renditionsOf({ tracks, heights, bitRate }: MediaOptions): Rendition[] {
	const hasSound = tracks === 'together';
	const videos = heights.map((height): Rendition => {
		const size = pictureSize(height);
		const natural = bytesPerSecond(size);
		const padding = Math.max(0, Math.round(((bitRate ?? 0) / 8 - natural) / PICTURES_PER_SECOND));
		return {
			name: `${height}p`,
			size,
			hasSound,
			// A NAL unit of filler needs its length, too.
			padding: padding > 8 ? padding - 4 : 0,
			codecs: [codecOf(size), ...(tracks === 'videoOnly' ? [] : [AUDIO_CODEC])],
			bandwidth: Math.ceil((natural + padding * PICTURES_PER_SECOND) * 8 * OVERHEAD) + SOUND_BITS,
		};
	});
	const audio = { size: undefined, hasSound: true, padding: 0, codecs: [AUDIO_CODEC], bandwidth: SOUND_BITS };
	return [
		...(tracks === 'audioOnly' ? [] : videos),
		...(tracks === 'apart' || tracks === 'audioOnly' ? [{ name: 'audio', ...audio }] : []),
	];
}

/** What the pictures of a second need without padding. */
function bytesPerSecond({ columns, rows }: PictureSize): number {
	const blocks = columns * rows + (PICTURES_PER_SECOND - 1) * NUMBER_SQUARES;
	return blocks * (BLOCK_BYTES + BLOCK_HEADER_BYTES);
}
