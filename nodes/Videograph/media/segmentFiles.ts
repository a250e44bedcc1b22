import { createDecipheriv } from 'crypto';
import { DamagedFileError, type MediaFiles } from '../api/mediaFiles';
import { joinBytes } from '../utils/bytes';
import { readBoxes } from './boxes';
import { type EncryptionKey, isWebPage, type MediaPart, type Segment } from './playlist';

const MIB = 1024 * 1024;
const MAX_SEGMENT_BYTES = 512 * MIB;
const MAX_KEY_BYTES = 1024;
const KEY_BYTES = 16;
const TS_PACKET_BYTES = 188;
const TS_SYNC_BYTE = 0x47;
const CMAF_TYPES = new Set(['ftyp', 'styp', 'moof', 'sidx', 'emsg', 'prft', 'moov', 'mdat', 'free', 'skip', 'uuid']);

/** Reads segments with their keys and initialization sections, which are requested once. */
export class SegmentFiles {
	private readonly parts = new Map<string, Promise<Uint8Array>>();

	constructor(private readonly files: MediaFiles) {}

	/**
	 * @param name begins an error message
	 * @returns the decrypted segment, after its initialization section
	 */
	async read(segment: Segment, name: string): Promise<Uint8Array> {
		const { map, sequenceNumber } = segment;
		const [start, bytes] = await Promise.all([
			map &&
				this.once(`map ${JSON.stringify(map)}`, async () => await this.readPart(map, 'The initialization section', 0)),
			this.readPart(segment, name, sequenceNumber),
		]);
		return start ? joinBytes([start, bytes]) : bytes;
	}

	private async readPart({ url, range, key }: MediaPart, name: string, sequenceNumber: number): Promise<Uint8Array> {
		const secret = key && (await this.once(`key ${key.url}`, async () => await this.readKey(key)));
		const file = await this.files.read({
			url,
			...(range && { range }),
			name,
			mayAppear: true,
			maxBytes: MAX_SEGMENT_BYTES,
			decode: (bytes) => {
				const plain = key && secret ? decrypt(bytes, secret, key.iv ?? vectorOf(sequenceNumber)) : bytes;
				const damage = plain ? findDamage(plain) : 'it cannot be decrypted';
				if (!plain || damage !== undefined) throw new DamagedFileError(damage ?? '');
				return plain;
			},
		});
		return file.bytes;
	}

	private async readKey({ url }: EncryptionKey): Promise<Uint8Array> {
		const decode = (bytes: Uint8Array) => {
			if (bytes.length !== KEY_BYTES)
				throw new DamagedFileError(`it has ${bytes.length} bytes instead of ${KEY_BYTES}`);
			return bytes;
		};
		return (await this.files.read({ url, name: 'The key of the video', maxBytes: MAX_KEY_BYTES, decode })).bytes;
	}

	private async once(key: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
		const existing = this.parts.get(key);
		if (existing) return await existing;
		const reading = read();
		this.parts.set(key, reading);
		return await reading;
	}
}

/** The number of a segment as an initialization vector (RFC 8216, 5.2). */
function vectorOf(sequenceNumber: number): Uint8Array {
	const vector = new DataView(new ArrayBuffer(KEY_BYTES));
	vector.setBigUint64(8, BigInt(sequenceNumber));
	return new Uint8Array(vector.buffer);
}

/** Returns undefined for bytes that are not encrypted with this key. */
function decrypt(bytes: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array | undefined {
	try {
		const decipher = createDecipheriv('aes-128-cbc', key, iv);
		return joinBytes([decipher.update(bytes), decipher.final()]);
	} catch {
		return undefined;
	}
}

/** Why bytes cannot be a whole segment, or undefined. */
export function findDamage(bytes: Uint8Array): string | undefined {
	if (bytes.length === 0) return 'it is empty';
	if (bytes[0] === TS_SYNC_BYTE && (bytes.length < TS_PACKET_BYTES || bytes[TS_PACKET_BYTES] === TS_SYNC_BYTE)) {
		return bytes.length % TS_PACKET_BYTES === 0 ? undefined : 'it is incomplete';
	}
	if (isWebPage(String.fromCharCode(...bytes.subarray(0, 64)))) return 'it is a web page';
	const boxes = readBoxes(bytes);
	const [first] = boxes;
	if (!first || !CMAF_TYPES.has(first.type)) return undefined;
	const size = boxes.reduce((sum, box) => sum + box.size, 0);
	return size === bytes.length ? undefined : 'it is incomplete';
}
