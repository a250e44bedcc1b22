import { ClockPicture, PICTURES_PER_SECOND, type PictureSize } from './clockPicture';
import { filler, keyPicture, nextPicture } from './h264';
import { FRAME_SAMPLES, SAMPLE_RATE, soundAt } from './sound';

const PICTURE_MS = 1000 / PICTURES_PER_SECOND;
const FRAME_MS = (FRAME_SAMPLES / SAMPLE_RATE) * 1000;
/** Absorbs rounding at the edge of a range. */
const ROUNDING = 1e-6;

/** A part of what a camera showed; times in epoch milliseconds. */
export interface TimeRange {
	fromMs: number;
	/** Not part of it. */
	toMs: number;
}

/** An encoded picture, or a frame of sound. */
export interface Sample {
	data: Uint8Array;
	/** Whether decoding can begin here. */
	isKey: boolean;
	/** The time of the clock in epoch milliseconds. */
	timeMs: number;
	durationMs: number;
}

/**
 * A camera on a clock, for any time and without an encoder: all samples of a range are created when they are requested. The first
 * picture of a range and of each second is a key picture. NAL units have their length in front, as in MP4.
 *
 * @param padding the bytes by which each picture is larger than it needs to be
 */
export function pictures(range: TimeRange, size: PictureSize, padding = 0): Sample[] {
	const [first, end] = indexes(range.fromMs, range.toMs, PICTURE_MS);
	const samples: Sample[] = [];
	let picture: ClockPicture | undefined;
	let sinceKey = 0;
	for (let index = first; index < end; index++) {
		const second = Math.floor(index / PICTURES_PER_SECOND);
		const number = index % PICTURES_PER_SECOND;
		const isKey = picture === undefined || number === 0;
		if (picture === undefined || isKey) picture = new ClockPicture(size, second);
		sinceKey = isKey ? 0 : sinceKey + 1;
		picture.showNumber(number);
		const slice = isKey ? keyPicture(picture, second % 2) : nextPicture(picture, sinceKey);
		const data = withLengths(padding > 0 ? [filler(padding), slice] : [slice]);
		samples.push({ data, isKey, timeMs: index * PICTURE_MS, durationMs: PICTURE_MS });
	}
	return samples;
}

/** The frames of sound that begin in a range. @param startMs when the first frame of the recording begins */
export function sounds(range: TimeRange, startMs: number): Sample[] {
	const [first, end] = indexes(range.fromMs - startMs, range.toMs - startMs, FRAME_MS);
	return Array.from({ length: end - first }, (_, index) => {
		const timeMs = startMs + (first + index) * FRAME_MS;
		return { data: soundAt(timeMs), isKey: true, timeMs, durationMs: FRAME_MS };
	});
}

/** The numbers of the samples that begin in a range, at least one: a track of a file cannot be empty. */
function indexes(from: number, to: number, step: number): [first: number, end: number] {
	const first = Math.ceil(from / step - ROUNDING);
	return [first, Math.max(Math.ceil(to / step - ROUNDING), first + 1)];
}

function withLengths(units: Buffer[]): Buffer {
	return Buffer.concat(
		units.flatMap((unit) => {
			const length = Buffer.alloc(4);
			length.writeUInt32BE(unit.length);
			return [length, unit];
		}),
	);
}
