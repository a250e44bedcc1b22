import { joinBytes } from '../utils/bytes';
import { ascii, box, boxHeader, fullBox, uint8, uint16, uint32, uint64 } from './boxes';
import type { TrackFormat } from './demux';
import type { TrackKind } from './packet';

/** A sample of a track. Times in units of its timescale; the file begins with the earliest one. */
export interface Sample {
	/** In parts. */
	data: Uint8Array[];
	/** When it is presented. */
	time: number;
	duration: number;
	isKey: boolean;
}

const MOVIE_TIMESCALE = 90_000;
const MAX_UINT32 = 2 ** 32 - 1;
/** No rotation, no scaling. */
const MATRIX = uint32([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]);
/** "und", the language that is not known. */
const LANGUAGE = 0x55c4;
const FTYP = box('ftyp', ascii('isom'), uint32([0x200]), ascii('isomiso2mp41'));

/**
 * Writes an MP4 that is only appended to: `ftyp`, one `mdat` per piece, and `moov` at the end, or in front if the whole
 * file is in memory. It is not fragmented, so every player and every service accepts it. In memory it retains only the
 * sizes and times of the samples.
 */
export class Mp4Writer {
	private readonly tracks = new Map<TrackKind, Track>();
	private position = FTYP.length;

	/** The start of the file. */
	readonly header = FTYP;

	/**
	 * Adds samples, in the order of decoding.
	 *
	 * @returns the bytes to append to the file
	 */
	add(pieces: Array<{ kind: TrackKind; format: TrackFormat; samples: Sample[] }>): Uint8Array[] {
		const data = pieces.flatMap(({ samples }) => samples.flatMap((sample) => sample.data));
		if (data.length === 0) return [];
		const size = lengthOf(data);
		const header = boxHeader('mdat', size);
		let offset = this.position + header.length;
		for (const { kind, format, samples } of pieces) {
			if (samples.length === 0) continue;
			const track = this.tracks.get(kind) ?? new Track(kind, format.timescale);
			this.tracks.set(kind, track);
			offset = track.addChunk(offset, format, samples);
		}
		this.position = offset;
		return [header, ...data];
	}

	/** Units of time in a second; undefined for a track without samples. */
	timescale(kind: TrackKind): number | undefined {
		return this.tracks.get(kind)?.timescale;
	}

	/** In seconds. */
	get duration(): number {
		return Math.max(0, ...this.all.map((track) => track.end / track.timescale)) - this.start;
	}

	/** When the first track begins, in seconds: samples may have any times. */
	private get start(): number {
		return Math.min(...this.all.map((track) => track.start / track.timescale));
	}

	/** The bytes of the file so far. */
	get size(): number {
		return this.position;
	}

	/** The index of the file. @param inFront whether it is between `header` and the rest of the file */
	finish(inFront: boolean): Uint8Array {
		const moov = this.moov(0);
		return inFront ? this.moov(moov.length) : moov;
	}

	private get all(): Track[] {
		return (['video', 'audio'] as const).flatMap((kind) => this.tracks.get(kind) ?? []);
	}

	private moov(shift: number): Uint8Array {
		const duration = Math.round(this.duration * MOVIE_TIMESCALE);
		const times = isLong(duration)
			? joinBytes([uint64([0, 0]), uint32([MOVIE_TIMESCALE]), uint64([duration])])
			: uint32([0, 0, MOVIE_TIMESCALE, duration]);
		const volume = joinBytes([uint32([0x10000]), uint16(0x100, 0), uint32([0, 0])]);
		const nextTrackId = uint32([this.all.length + 1]);
		return box(
			'moov',
			fullBox('mvhd', isLong(duration) ? 1 : 0, 0, times, volume, MATRIX, new Uint8Array(24), nextTrackId),
			...this.all.map((track, index) => track.box(index + 1, this.start, shift)),
		);
	}
}

function isLong(duration: number): boolean {
	return duration > MAX_UINT32;
}

interface Chunk {
	offset: number;
	count: number;
	/** From 1. */
	entry: number;
}

/** The sizes and times of all samples of a track. */
class Track {
	/** Of each chunk, as in the file. */
	private readonly sizes: Uint8Array[] = [];
	/** Of each chunk. */
	private readonly times: Float64Array[] = [];
	private readonly keys: number[] = [];
	private readonly chunks: Chunk[] = [];
	private readonly formats: TrackFormat[] = [];
	private count = 0;
	private lastDuration = 0;
	/** When the first sample is presented, and when the last one ends. */
	start = Infinity;
	end = -Infinity;

	constructor(
		private readonly kind: TrackKind,
		readonly timescale: number,
	) {}

	/** @returns the offset after the chunk */
	addChunk(offset: number, format: TrackFormat, samples: Sample[]): number {
		this.chunks.push({ offset, count: samples.length, entry: this.entryOf(format) });
		const sizes = samples.map(({ data }) => lengthOf(data));
		this.sizes.push(uint32(sizes));
		this.times.push(Float64Array.from(samples, ({ time }) => time));
		for (const { time, duration, isKey } of samples) {
			this.count++;
			if (isKey) this.keys.push(this.count);
			this.lastDuration = duration;
			this.start = Math.min(this.start, time);
			this.end = Math.max(this.end, time + duration);
		}
		return sizes.reduce((sum, size) => sum + size, offset);
	}

	private entryOf(format: TrackFormat): number {
		const { sampleEntry } = format;
		const isSame = ({ sampleEntry: other }: TrackFormat) =>
			other.length === sampleEntry.length && other.every((byte, index) => byte === sampleEntry[index]);
		const index = this.formats.findIndex(isSame);
		return index >= 0 ? index + 1 : this.formats.push(format);
	}

	/** @param zero the start of the file, in seconds */
	box(id: number, zero: number, shift: number): Uint8Array {
		const times = joinTimes(this.times, this.count);
		// Pictures may be presented in another order than they are decoded.
		const decodeTimes = times.slice().sort();
		const decodeTime = (index: number) => decodeTimes[index] ?? 0;
		const delay = times.reduce((most, time, index) => Math.max(most, decodeTime(index) - time), 0);
		const durationOf = (index: number) =>
			index + 1 < this.count ? decodeTime(index + 1) - decodeTime(index) : this.lastDuration;
		const offsetOf = (index: number) => (times[index] ?? 0) - decodeTime(index) + delay;
		const mediaDuration = decodeTime(this.count - 1) - decodeTime(0) + this.lastDuration;
		const toMovie = (time: number) => Math.round((time / this.timescale - zero) * MOVIE_TIMESCALE);
		const startsAt = toMovie(this.start);
		const lasts = toMovie(this.end) - startsAt;

		return box(
			'trak',
			this.tkhd(id, startsAt + lasts),
			...(startsAt > 0 || delay > 0 ? [box('edts', elst(startsAt, lasts, delay))] : []),
			box(
				'mdia',
				mdhd(this.timescale, mediaDuration),
				hdlr(this.kind),
				box(
					'minf',
					this.kind === 'video' ? fullBox('vmhd', 0, 1, uint16(0, 0, 0, 0)) : fullBox('smhd', 0, 0, uint16(0, 0)),
					box('dinf', fullBox('dref', 0, 0, uint32([1]), fullBox('url ', 0, 1))),
					box(
						'stbl',
						fullBox('stsd', 0, 0, uint32([this.formats.length]), ...this.formats.map((format) => format.sampleEntry)),
						table('stts', runLengths(this.count, durationOf), 2),
						...(delay > 0 ? [table('ctts', runLengths(this.count, offsetOf), 2)] : []),
						...(this.keys.length < this.count ? [table('stss', this.keys, 1)] : []),
						table('stsc', chunkRuns(this.chunks), 3),
						fullBox('stsz', 0, 0, uint32([0, this.count]), joinBytes(this.sizes)),
						this.chunkOffsets(shift),
					),
				),
			),
		);
	}

	private tkhd(id: number, duration: number): Uint8Array {
		const long = isLong(duration);
		const { width = 0, height = 0 } = this.formats[0] ?? {};
		const isSound = this.kind === 'audio';
		return fullBox(
			'tkhd',
			long ? 1 : 0,
			// Enabled, in the movie and in its preview.
			7,
			long ? joinBytes([uint64([0, 0]), uint32([id, 0]), uint64([duration])]) : uint32([0, 0, id, 0, duration]),
			uint32([0, 0]),
			uint16(0, isSound ? 1 : 0, isSound ? 0x100 : 0, 0),
			MATRIX,
			uint32([width * 0x10000, height * 0x10000]),
		);
	}

	private chunkOffsets(shift: number): Uint8Array {
		const offsets = this.chunks.map(({ offset }) => offset + shift);
		const isLarge = (offsets.at(-1) ?? 0) > MAX_UINT32;
		const count = uint32([offsets.length]);
		return isLarge ? fullBox('co64', 0, 0, count, uint64(offsets)) : fullBox('stco', 0, 0, count, uint32(offsets));
	}
}

/** Presents a track from `startsAt`, and begins it at `delay` of its own time. */
function elst(startsAt: number, lasts: number, delay: number): Uint8Array {
	const long = isLong(startsAt) || isLong(lasts);
	const entry = (duration: number, mediaTime: Uint8Array) =>
		joinBytes([long ? uint64([duration]) : uint32([duration]), mediaTime, uint16(1, 0)]);
	const empty = long ? new Uint8Array(8).fill(0xff) : new Uint8Array(4).fill(0xff);
	const entries = [
		...(startsAt > 0 ? [entry(startsAt, empty)] : []),
		entry(lasts, long ? uint64([delay]) : uint32([delay])),
	];
	return fullBox('elst', long ? 1 : 0, 0, uint32([entries.length]), ...entries);
}

function mdhd(timescale: number, duration: number): Uint8Array {
	const language = uint16(LANGUAGE, 0);
	return isLong(duration)
		? fullBox('mdhd', 1, 0, uint64([0, 0]), uint32([timescale]), uint64([duration]), language)
		: fullBox('mdhd', 0, 0, uint32([0, 0, timescale, duration]), language);
}

function hdlr(kind: TrackKind): Uint8Array {
	const [type, name] = kind === 'video' ? ['vide', 'Video'] : ['soun', 'Sound'];
	return fullBox('hdlr', 0, 0, uint32([0]), ascii(type), uint32([0, 0, 0]), ascii(name), uint8(0));
}

/** A table of rows of 32-bit numbers. */
function table(type: string, values: number[], columns: number): Uint8Array {
	return fullBox(type, 0, 0, uint32([values.length / columns]), uint32(values));
}

/** Pairs of a count and a value. */
function runLengths(count: number, valueOf: (index: number) => number): number[] {
	const runs: number[] = [];
	let run = 0;
	for (let index = 0; index < count; index++) {
		run++;
		const value = valueOf(index);
		if (index + 1 < count && valueOf(index + 1) === value) continue;
		runs.push(run, value);
		run = 0;
	}
	return runs;
}

/** Rows of the first chunk, the samples per chunk, and the sample entry. */
function chunkRuns(chunks: Chunk[]): number[] {
	return chunks.flatMap(({ count, entry }, index) => {
		const previous = chunks[index - 1];
		return previous?.count === count && previous.entry === entry ? [] : [index + 1, count, entry];
	});
}

function joinTimes(parts: Float64Array[], count: number): Float64Array {
	const times = new Float64Array(count);
	let position = 0;
	for (const part of parts) {
		times.set(part, position);
		position += part.length;
	}
	return times;
}

function lengthOf(parts: Uint8Array[]): number {
	return parts.reduce((sum, { length }) => sum + length, 0);
}
