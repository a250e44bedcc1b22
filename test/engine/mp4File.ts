import type { EncodedPacket } from 'mediabunny';

/** A sample of a file. */
export interface FileSample {
	timestamp: number;
	duration: number;
	isKey: boolean;
	/** The bytes of the sample, without what differs between containers: start codes, lengths and ADTS headers. */
	data: Buffer;
}

/** The tracks of a file, in the order of decoding. */
export interface FileTracks {
	video: FileSample[];
	audio: FileSample[];
}

/** Reads all samples of a file. @param isTransportStream whether its samples have start codes and ADTS headers */
export async function readTracks(file: Uint8Array, isTransportStream = false): Promise<FileTracks> {
	const { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } = await import('mediabunny');
	const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
	try {
		const tracks: FileTracks = { video: [], audio: [] };
		for (const track of await input.getTracks()) {
			const kind = track.isVideoTrack() ? 'video' : 'audio';
			for await (const packet of new EncodedPacketSink(track).packets()) {
				tracks[kind].push(sampleOf(packet, kind, isTransportStream));
			}
		}
		return tracks;
	} finally {
		input.dispose();
	}
}

function sampleOf(packet: EncodedPacket, kind: keyof FileTracks, isTransportStream: boolean): FileSample {
	const { timestamp, duration, type } = packet;
	const bytes = Buffer.from(packet.data);
	const withoutHeader = isTransportStream ? bytes.subarray(7) : bytes;
	const data =
		kind === 'audio' ? withoutHeader : Buffer.concat(isTransportStream ? byStartCode(bytes) : byLength(bytes));
	return { timestamp, duration, isKey: type === 'key', data };
}

/** The NAL units of an encoder that ends none of them with a zero. */
function byStartCode(bytes: Buffer): Buffer[] {
	return bytes
		.toString('latin1')
		.split(/\0*\0\0\u0001/)
		.map((unit) => Buffer.from(unit, 'latin1'));
}

function byLength(bytes: Buffer): Buffer[] {
	const units: Buffer[] = [];
	for (let at = 0; at < bytes.length;) {
		const end = at + 4 + bytes.readUInt32BE(at);
		units.push(bytes.subarray(at + 4, end));
		at = end;
	}
	return units;
}

/** The types of the boxes of an MP4. */
export function boxTypes(file: Buffer): string[] {
	const types: string[] = [];
	for (let at = 0; at + 8 <= file.length; at += file.readUInt32BE(at) || file.length) {
		types.push(file.toString('latin1', at + 4, at + 8));
	}
	return types;
}
