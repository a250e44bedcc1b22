import { nalUnits, withLengths, withoutAdtsHeader } from './elementaryData';
import type { Packet, TrackKind } from './packet';

/** A track of a transport stream. */
export interface StreamTrack {
	/** Identifies the configuration of its decoder. */
	key: string;
	/** In the order of decoding. */
	packets: Packet[];
}

/** The library has to read the segment. */
class UnusualStreamError extends Error {}

/** ISO/IEC 13818-1. */
const PACKET_BYTES = 188;
const SYNC_BYTE = 0x47;
const PROGRAM_TABLE_PID = 0;
const STREAM_TYPES: Readonly<Record<number, TrackKind>> = { 0x1b: 'video', 0x0f: 'audio' };
/** ID3 tags. */
const METADATA_TYPE = 0x15;
const CLOCK_RATE = 90_000;
/** The clock has 33 bits. */
const CLOCK_TURN = 2 ** 33;

/** Types of NAL units (ITU-T H.264, table 7-1). */
const NAL = { slices: { first: 1, last: 5 }, beforeSlices: { first: 6, last: 9 }, parameters: new Set([7, 8]) };

/** ISO/IEC 14496-3, table 1.18, in Hz. */
const SAMPLE_RATES = [
	96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];
const FRAME_SAMPLES = 1024;
const ADTS_HEADER_BYTES = 7;

/** Data with a time of the clock. */
interface Timed<T> {
	data: T;
	time: number;
	isKey: boolean;
}

/**
 * Reads MPEG-TS as most encoders of live streams write it: H.264 with a picture in each PES packet, AAC with whole
 * frames in each. The library reads all kinds, with several times as much processor time and memory.
 */
export class TransportStreamReader {
	/** The tracks of the last segment, without the headers. */
	private scratch = new Uint8Array();
	/** The key of the last pictures. A segment may continue them without parameters of its own. */
	private pictureKey: string | undefined;

	/**
	 * @returns the tracks, whose data is valid until the next segment is read; undefined if the library has to read it
	 */
	read(bytes: Uint8Array, kinds: TrackKind[]): Map<TrackKind, StreamTrack> | undefined {
		if (bytes[0] !== SYNC_BYTE || bytes.length % PACKET_BYTES !== 0) return undefined;
		if (this.scratch.length < bytes.length) this.scratch = new Uint8Array(bytes.length);
		try {
			return this.readTracks(bytes, kinds);
		} catch {
			// It is unusual or damaged.
			return undefined;
		}
	}

	private readTracks(bytes: Uint8Array, kinds: TrackKind[]): Map<TrackKind, StreamTrack> {
		const tracks = new Map<TrackKind, StreamTrack>();
		let free = this.scratch;
		let anchor: number | undefined;
		for (const [kind, pid] of findStreams(bytes)) {
			if (!kinds.includes(kind)) continue;
			const { sections, length } = joinPayloads(bytes, pid, free);
			free = free.subarray(length);
			const packets = sections.map(readPesPacket);
			const [first] = packets;
			if (!first) throw new UnusualStreamError();
			anchor ??= first.time;
			for (const packet of packets) {
				packet.time += Math.round((anchor - packet.time) / CLOCK_TURN) * CLOCK_TURN;
			}
			tracks.set(kind, kind === 'video' ? readPictures(packets, this.pictureKey) : readFrames(packets));
		}
		this.pictureKey = tracks.get('video')?.key ?? this.pictureKey;
		return tracks;
	}
}

/** The streams of the only program, by their kinds. */
function findStreams(bytes: Uint8Array): Map<TrackKind, number> {
	const programs = readTable(bytes, PROGRAM_TABLE_PID);
	const streams = new Map<TrackKind, number>();
	if (programs.length !== 4) throw new UnusualStreamError();
	const map = readTable(bytes, uint13(programs, 2));
	for (let at = 4 + (uint16(map, 2) & 0xfff); at < map.length; at += 5 + (uint16(map, at + 3) & 0xfff)) {
		const type = map[at] ?? 0;
		const kind = STREAM_TYPES[type];
		if (kind ? streams.has(kind) : type !== METADATA_TYPE) throw new UnusualStreamError();
		if (kind) streams.set(kind, uint13(map, at + 1));
	}
	return streams;
}

/** The content of the first table of a PID, which must fit into a packet. */
function readTable(bytes: Uint8Array, pid: number): Uint8Array {
	for (let at = 0; at < bytes.length; at += PACKET_BYTES) {
		if (uint13(bytes, at + 1) !== pid || !startsUnit(bytes, at)) continue;
		const payload = bytes.subarray(payloadStart(bytes, at), at + PACKET_BYTES);
		const table = payload.subarray(1 + (payload[0] ?? 0));
		const end = 3 + (uint16(table, 1) & 0xfff);
		if (end > table.length) break;
		// Between its header and its checksum.
		return table.subarray(8, end - 4);
	}
	throw new UnusualStreamError();
}

/** A PES packet, as a part of `scratch`. */
interface Section {
	bytes: Uint8Array;
	/** Whether decoding can begin here. */
	isRandomAccess: boolean;
}

/** Copies the payloads of a stream, which are 184 bytes each. */
function joinPayloads(bytes: Uint8Array, pid: number, target: Uint8Array): { sections: Section[]; length: number } {
	const starts: Array<{ start: number; isRandomAccess: boolean }> = [];
	let length = 0;
	for (let at = 0; at < bytes.length; at += PACKET_BYTES) {
		if (bytes[at] !== SYNC_BYTE) throw new UnusualStreamError();
		if (uint13(bytes, at + 1) !== pid) continue;
		const start = payloadStart(bytes, at);
		if (startsUnit(bytes, at)) {
			const hasFlags = start > at + 5;
			starts.push({ start: length, isRandomAccess: hasFlags && ((bytes[at + 5] ?? 0) & 0x40) !== 0 });
		}
		// The rest of a packet that began in the segment before.
		if (starts.length === 0) continue;
		target.set(bytes.subarray(start, at + PACKET_BYTES), length);
		length += at + PACKET_BYTES - start;
	}
	const sections = starts.map(({ start, isRandomAccess }, index) => ({
		bytes: target.subarray(start, starts[index + 1]?.start ?? length),
		isRandomAccess,
	}));
	return { sections, length };
}

function startsUnit(bytes: Uint8Array, at: number): boolean {
	return ((bytes[at + 1] ?? 0) & 0x40) !== 0;
}

/** Where the payload of a packet starts, after its adaptation field if it has one. */
function payloadStart(bytes: Uint8Array, at: number): number {
	const flags = bytes[at + 3] ?? 0;
	const end = at + PACKET_BYTES;
	if ((flags & 0x10) === 0) return end;
	return (flags & 0x20) === 0 ? at + 4 : Math.min(at + 5 + (bytes[at + 4] ?? 0), end);
}

/** ISO/IEC 13818-1, 2.4.3.6. */
function readPesPacket({ bytes, isRandomAccess: isKey }: Section): Timed<Uint8Array> {
	const [zero, zeroToo, one, stream = 0] = bytes;
	const hasTime = ((bytes[7] ?? 0) & 0x80) !== 0;
	const isMedia = stream >= 0xc0 && stream <= 0xef;
	// Pictures may have none.
	const size = uint16(bytes, 4);
	const isWhole = size === 0 || bytes.length === 6 + size;
	if (zero !== 0 || zeroToo !== 0 || one !== 1 || !isMedia || !hasTime || !isWhole) throw new UnusualStreamError();
	const data = bytes.subarray(9 + (bytes[8] ?? 0));
	const time = ((bytes[9] ?? 0) & 0x0e) * 2 ** 29 + (uint16(bytes, 10) >> 1) * 2 ** 15 + (uint16(bytes, 12) >> 1);
	return { data, time, isKey };
}

function readPictures(packets: Array<Timed<Uint8Array>>, lastKey: string | undefined): StreamTrack {
	const pictures = packets.map(({ data, ...rest }) => ({ ...rest, data: nalUnits(data) }));
	const start = pictures.find(({ isKey }) => isKey);
	const parameters = (start ? [start] : pictures).flatMap(({ data }) =>
		data.filter((unit) => NAL.parameters.has(nalType(unit))),
	);
	const key = parameters.length === 0 ? lastKey : `avc ${parameters.join(' ')}`;
	// Parameters without a marked picture: this encoder marks no key pictures.
	const isUnusual = parameters.length > 0 && (!start || parameters.length < NAL.parameters.size);
	if (key === undefined || isUnusual) throw new UnusualStreamError();
	for (const { data } of pictures) checkPicture(data);
	return { key, packets: withDurations(pictures) };
}

/** Exactly one picture: its first slice begins with its first macroblock, and no other one does. */
function checkPicture(units: Uint8Array[]): void {
	let slices = 0;
	for (const unit of units) {
		const type = nalType(unit);
		if (type >= NAL.slices.first && type <= NAL.slices.last) {
			const isFirst = ((unit[1] ?? 0) & 0x80) !== 0;
			if (isFirst !== (slices === 0)) throw new UnusualStreamError();
			slices++;
		} else if (slices > 0 && type >= NAL.beforeSlices.first && type <= NAL.beforeSlices.last) {
			throw new UnusualStreamError();
		}
	}
	if (slices === 0) throw new UnusualStreamError();
}

function nalType(unit: Uint8Array): number {
	return (unit[0] ?? 0) & 0x1f;
}

/** ADTS frames (ISO/IEC 13818-7, 6.2). */
function readFrames(packets: Array<Timed<Uint8Array>>): StreamTrack {
	const frames: Packet[] = [];
	let key = '';
	for (const { data, time } of packets) {
		let next = time;
		for (let at = 0; at < data.length;) {
			const [sync = 0, flags = 0, format = 0, channels = 0] = data.subarray(at);
			const length = ((channels & 3) << 11) | (uint16(data, at + 4) >> 5);
			const rate = SAMPLE_RATES[(format >> 2) & 15];
			const isWhole = length >= ADTS_HEADER_BYTES && at + length <= data.length;
			if (sync !== 0xff || (flags & 0xf6) !== 0xf0 || !rate || !isWhole) throw new UnusualStreamError();
			key ||= `aac ${[flags, format & 0xfd, channels & 0xc0].join(' ')}`;
			const frame = withoutAdtsHeader(data.subarray(at, at + length));
			const duration = FRAME_SAMPLES / rate;
			frames.push({ data: [frame], timestamp: next / CLOCK_RATE, duration, isKey: true });
			next += duration * CLOCK_RATE;
			at += length;
		}
	}
	return { key, packets: frames };
}

/** Each lasts until the next one is presented, and the last one as long as the one before. */
function withDurations(pictures: Array<Timed<Uint8Array[]>>): Packet[] {
	const times = pictures.map(({ time }) => time).sort((a, b) => a - b);
	const last = (times.at(-1) ?? 0) - (times.at(-2) ?? times.at(-1) ?? 0);
	const durations = new Map(times.map((time, index) => [time, (times[index + 1] ?? time + last) - time]));
	return pictures.map(({ data, time, isKey }) => ({
		data: withLengths(data),
		timestamp: time / CLOCK_RATE,
		duration: (durations.get(time) ?? 0) / CLOCK_RATE,
		isKey,
	}));
}

function uint16(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** A PID. */
function uint13(bytes: Uint8Array, at: number): number {
	return uint16(bytes, at) & 0x1fff;
}
