import { findBox, payloadOf, uint32 } from './boxes';

type Library = typeof import('./mediabunny');
type Input = InstanceType<Library['Input']>;
type Output = InstanceType<Library['Output']>;
type LibraryPacket = InstanceType<Library['EncodedPacket']>;

export type TrackKind = 'video' | 'audio';

/** An encoded picture or frame of sound. */
export interface Packet {
	/** Its bytes in an MP4, in parts: they are copied once, to the file. */
	data: Uint8Array[];
	/** When it is presented, in seconds on the timeline of the segment. */
	timestamp: number;
	/** In seconds. */
	duration: number;
	isKey: boolean;
}

/** How packets of a track are decoded. */
export interface TrackFormat {
	/** The sample entry for an MP4 (ISO/IEC 14496-12, 8.5.2). */
	sampleEntry: Uint8Array;
	/** In pixels; 0 for sound. */
	width: number;
	height: number;
	/** Units of time in a second. */
	timescale: number;
}

export interface TrackPackets extends TrackFormat {
	/** In the order of decoding. */
	packets: Packet[];
}

export type DemuxedSegment = Partial<Record<TrackKind, TrackPackets>>;

/** What is known of a file; null if it is not. */
export interface MediaInfo {
	/** In seconds. */
	duration: number | null;
	/** In pixels; null without pictures. */
	width: number | null;
	height: number | null;
}

/** A segment that contains something that cannot be written to the file. */
export class UnsupportedCodecError extends Error {}

export const VIDEO_TIMESCALE = 90_000;

/** Reads the packets of segments. It loads the library when it is first used. */
export class Demuxer {
	private library: Library | undefined;
	/** By decoder configuration. */
	private readonly formats = new Map<string, TrackFormat>();

	/**
	 * @param bytes a segment, after its initialization section if it has one
	 * @throws {UnsupportedCodecError} if a track of these kinds cannot be written to an MP4
	 * @throws an error of the library if the segment is damaged
	 */
	async read(bytes: Uint8Array, kinds: TrackKind[]): Promise<DemuxedSegment> {
		const library = (this.library ??= await import('./mediabunny'));
		const { ADTS, BufferSource, Input, MP3, MP4, MPEG_TS } = library;
		const input = new Input({ source: new BufferSource(bytes), formats: [MPEG_TS, MP4, ADTS, MP3] });
		try {
			const segment: DemuxedSegment = {};
			for (const kind of kinds) {
				const track = kind === 'video' ? await videoTrack(library, input) : await audioTrack(library, input);
				const packets = track && (await this.readTrack(library, track));
				if (packets) segment[kind] = packets;
			}
			return segment;
		} finally {
			input.dispose();
		}
	}

	/**
	 * Reads what an MP4 is like from its index alone.
	 *
	 * @param bytes the boxes `ftyp` and `moov`
	 */
	async readInfo(bytes: Uint8Array): Promise<MediaInfo> {
		const library = (this.library ??= await import('./mediabunny'));
		const { BufferSource, Input, MP4 } = library;
		const input = new Input({ source: new BufferSource(bytes), formats: [MP4] });
		try {
			const video = await input.getPrimaryVideoTrack();
			const duration = await input.getDurationFromMetadata();
			return {
				duration: duration === null || duration <= 0 ? null : duration,
				width: video ? await video.getDisplayWidth() : null,
				height: video ? await video.getDisplayHeight() : null,
			};
		} catch {
			return { duration: null, width: null, height: null };
		} finally {
			input.dispose();
		}
	}

	private async readTrack(library: Library, track: ReadTrack): Promise<TrackPackets | undefined> {
		const convert = converterOf(track);
		const packets: Packet[] = [];
		let format: TrackFormat | undefined;
		for await (const packet of track.sink.packets()) {
			format ??= await this.formatOf(library, track, packet);
			packets.push({
				data: convert(packet.data),
				timestamp: packet.timestamp,
				duration: packet.duration,
				isKey: packet.type === 'key',
			});
		}
		return format && { ...format, packets };
	}

	private async formatOf(library: Library, track: ReadTrack, packet: LibraryPacket): Promise<TrackFormat> {
		const known = this.formats.get(track.key);
		if (known) return known;
		const { width, height, timescale } = track;
		const format = { width, height, timescale, sampleEntry: await writeSampleEntry(library, track, packet) };
		this.formats.set(track.key, format);
		return format;
	}
}

/** A track of a segment. */
interface ReadTrack extends Omit<TrackFormat, 'sampleEntry'> {
	codec: string;
	/** Identifies the configuration of its decoder. */
	key: string;
	/** Whether the configuration is apart from the packets, as in an MP4. */
	hasDescription: boolean;
	sink: InstanceType<Library['EncodedPacketSink']>;
	/** Adds a track with the same configuration to a file. @returns the function that adds a packet */
	addTo(output: Output): (packet: LibraryPacket) => Promise<void>;
}

async function videoTrack(library: Library, input: Input): Promise<ReadTrack | undefined> {
	const track = await input.getPrimaryVideoTrack();
	if (!track) return undefined;
	const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
	if (codec === null || decoderConfig === null)
		throw new UnsupportedCodecError('its pictures have an unsupported codec');
	return {
		codec,
		key: keyOf(decoderConfig),
		hasDescription: decoderConfig.description !== undefined,
		sink: new library.EncodedPacketSink(track),
		width: await track.getDisplayWidth(),
		height: await track.getDisplayHeight(),
		timescale: VIDEO_TIMESCALE,
		addTo(output) {
			const source = new library.EncodedVideoPacketSource(codec);
			output.addVideoTrack(source);
			return async (packet) => await source.add(packet, { decoderConfig });
		},
	};
}

async function audioTrack(library: Library, input: Input): Promise<ReadTrack | undefined> {
	const track = await input.getPrimaryAudioTrack();
	if (!track) return undefined;
	const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
	if (codec === null || decoderConfig === null) throw new UnsupportedCodecError('its sound has an unsupported codec');
	return {
		codec,
		key: keyOf(decoderConfig),
		hasDescription: decoderConfig.description !== undefined,
		sink: new library.EncodedPacketSink(track),
		width: 0,
		height: 0,
		timescale: decoderConfig.sampleRate,
		addTo(output) {
			const source = new library.EncodedAudioPacketSource(codec);
			output.addAudioTrack(source);
			return async (packet) => await source.add(packet, { decoderConfig });
		},
	};
}

function keyOf(decoderConfig: object): string {
	return JSON.stringify(decoderConfig, (_name, value: unknown) =>
		value instanceof Uint8Array ? Array.from(value) : value,
	);
}

/** The library writes the sample entry, in an MP4 with one packet. */
async function writeSampleEntry(library: Library, track: ReadTrack, packet: LibraryPacket): Promise<Uint8Array> {
	const target = new library.BufferTarget();
	const format = new library.Mp4OutputFormat({ fastStart: 'in-memory' });
	const output = new library.Output({ format, target });
	const add = track.addTo(output);
	await output.start();
	await add(packet.clone({ timestamp: 0 }));
	await output.finalize();
	const file = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
	const description = findBox(file, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']);
	if (!description) throw new UnsupportedCodecError('the library wrote no sample entry');
	// After version, flags and the number of entries.
	return payloadOf(description).slice(8);
}

/** Returns how data of a transport stream becomes that of an MP4. */
function converterOf({ codec, hasDescription }: ReadTrack): (data: Uint8Array) => Uint8Array[] {
	if (!hasDescription && (codec === 'avc' || codec === 'hevc')) return withLengths;
	if (!hasDescription && codec === 'aac') return (data) => [withoutAdtsHeader(data)];
	return (data) => [data];
}

/** NAL units with their lengths in place of start codes (ISO/IEC 14496-15, 4.3.3). */
function withLengths(data: Uint8Array): Uint8Array[] {
	return nalUnits(data).flatMap((unit) => [uint32([unit.length]), unit]);
}

function nalUnits(data: Uint8Array): Uint8Array[] {
	const units: Uint8Array[] = [];
	let start = -1;
	for (let index = data.indexOf(1, 2); index !== -1; index = data.indexOf(1, index + 1)) {
		if (data[index - 1] !== 0 || data[index - 2] !== 0) continue;
		if (start >= 0) units.push(data.subarray(start, endOf(data, start, index - 2)));
		start = index + 1;
	}
	if (start >= 0) units.push(data.subarray(start, endOf(data, start, data.length)));
	return units.filter(({ length }) => length > 0);
}

/** A NAL unit ends before the zeros that precede the next one. */
function endOf(data: Uint8Array, start: number, limit: number): number {
	let end = limit;
	while (end > start && data[end - 1] === 0) end--;
	return end;
}

/** Without the header of an ADTS frame (ISO/IEC 13818-7), which has two more bytes if it contains a checksum. */
function withoutAdtsHeader(data: Uint8Array): Uint8Array {
	const hasChecksum = ((data[1] ?? 0) & 1) === 0;
	return data.subarray(hasChecksum ? 9 : 7);
}
