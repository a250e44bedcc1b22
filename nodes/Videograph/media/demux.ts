import { findBox, payloadOf } from './boxes';
import { nalUnits, withLengths, withoutAdtsHeader } from './elementaryData';
import type { Packet, TrackKind } from './packet';
import { TransportStreamReader } from './transportStream';

type Library = typeof import('./mediabunny');
type Input = InstanceType<Library['Input']>;
type Output = InstanceType<Library['Output']>;
type LibraryPacket = InstanceType<Library['EncodedPacket']>;

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
	private readonly streams = new TransportStreamReader();
	/** By decoder configuration. */
	private readonly formats = new Map<string, TrackFormat>();

	/**
	 * @param bytes a segment, after its initialization section if it has one
	 * @returns packets whose data is valid until the next segment is read
	 * @throws {UnsupportedCodecError} if a track of these kinds cannot be written to an MP4
	 * @throws an error of the library if the segment is damaged
	 */
	async read(bytes: Uint8Array, kinds: TrackKind[]): Promise<DemuxedSegment> {
		const segment: DemuxedSegment = {};
		const streams = this.streams.read(bytes, kinds);
		for (const [kind, { key, packets }] of streams ?? []) {
			const format = this.formats.get(key) ?? (await this.readFormat(bytes, kind, key));
			if (format) segment[kind] = { ...format, packets };
		}
		return streams ? segment : await this.readByLibrary(bytes, kinds);
	}

	private async readByLibrary(bytes: Uint8Array, kinds: TrackKind[]): Promise<DemuxedSegment> {
		return await this.withInput(bytes, async (library, input) => {
			const segment: DemuxedSegment = {};
			const zero = packedAudioStart(bytes);
			for (const kind of kinds) {
				const track = await openTrack(library, input, kind);
				const found = track && (await this.readTrack(library, track));
				for (const packet of found?.packets ?? []) packet.timestamp += zero;
				if (found) segment[kind] = found;
			}
			return segment;
		});
	}

	/** @param key of the configuration, by which it is known from then on */
	private async readFormat(bytes: Uint8Array, kind: TrackKind, key: string): Promise<TrackFormat | undefined> {
		return await this.withInput(bytes, async (library, input) => {
			const track = await openTrack(library, input, kind);
			return track && (await this.formatOf(library, { ...track, key }));
		});
	}

	private async withInput<T>(bytes: Uint8Array, use: (library: Library, input: Input) => Promise<T>): Promise<T> {
		const library = (this.library ??= await import('./mediabunny'));
		const { ADTS, BufferSource, Input, MP3, MP4, MPEG_TS } = library;
		const input = new Input({ source: new BufferSource(bytes), formats: [MPEG_TS, MP4, ADTS, MP3] });
		try {
			return await use(library, input);
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
		return await this.withInput(bytes, async (_library, input) => {
			const video = await input.getPrimaryVideoTrack();
			const duration = await input.getDurationFromMetadata();
			return {
				duration: duration === null || duration <= 0 ? null : duration,
				width: video ? await video.getDisplayWidth() : null,
				height: video ? await video.getDisplayHeight() : null,
			};
		}).catch(() => ({ duration: null, width: null, height: null }));
	}

	private async readTrack(library: Library, track: ReadTrack): Promise<TrackPackets | undefined> {
		const format = await this.formatOf(library, track);
		const convert = converterOf(track);
		const packets: Packet[] = [];
		for await (const packet of track.sink.packets()) {
			packets.push({
				data: convert(packet.data),
				timestamp: packet.timestamp,
				duration: packet.duration,
				isKey: packet.type === 'key',
			});
		}
		return format && { ...format, packets };
	}

	/** @returns undefined for a track without packets */
	private async formatOf(library: Library, track: ReadTrack): Promise<TrackFormat | undefined> {
		const known = this.formats.get(track.key);
		if (known) return known;
		const packet = (await track.sink.getFirstKeyPacket()) ?? (await track.sink.getFirstPacket());
		if (!packet) return undefined;
		const { width, height, timescale } = track;
		const format = { width, height, timescale, sampleEntry: await writeSampleEntry(library, track, packet) };
		this.formats.set(track.key, format);
		return format;
	}
}

/** When packed audio starts, in seconds: its ID3 tag contains it (RFC 8216, 3.4), and the library ignores it. */
function packedAudioStart(bytes: Uint8Array): number {
	const tag = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const owner = 'com.apple.streaming.transportStreamTimestamp\0';
	const at = tag.toString('latin1', 0, 3) === 'ID3' ? tag.indexOf(owner) : -1;
	return at < 0 ? 0 : Number(tag.readBigUInt64BE(at + owner.length)) / VIDEO_TIMESCALE;
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

async function openTrack(library: Library, input: Input, kind: TrackKind): Promise<ReadTrack | undefined> {
	return kind === 'video' ? await videoTrack(library, input) : await audioTrack(library, input);
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
	if (!hasDescription && (codec === 'avc' || codec === 'hevc')) return (data) => withLengths(nalUnits(data));
	if (!hasDescription && codec === 'aac') return (data) => [withoutAdtsHeader(data)];
	return (data) => [data];
}
