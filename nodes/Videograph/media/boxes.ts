import { joinBytes } from '../utils/bytes';

/** Boxes of an MP4 (ISO/IEC 14496-12). */

const HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;

export function ascii(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function uint8(...values: number[]): Uint8Array {
	return Uint8Array.from(values);
}

export function uint16(...values: number[]): Uint8Array {
	const bytes = new DataView(new ArrayBuffer(values.length * 2));
	values.forEach((value, index) => bytes.setUint16(index * 2, value));
	return new Uint8Array(bytes.buffer);
}

export function uint32(values: ArrayLike<number>): Uint8Array {
	const bytes = new Uint8Array(values.length * 4);
	for (let index = 0; index < values.length; index++) {
		const value = values[index] ?? 0;
		// Faster than a DataView, and there is one for each picture.
		bytes[index * 4] = value >>> 24;
		bytes[index * 4 + 1] = value >>> 16;
		bytes[index * 4 + 2] = value >>> 8;
		bytes[index * 4 + 3] = value;
	}
	return bytes;
}

export function uint64(values: ArrayLike<number>): Uint8Array {
	const bytes = new DataView(new ArrayBuffer(values.length * 8));
	for (let index = 0; index < values.length; index++) bytes.setBigUint64(index * 8, BigInt(values[index] ?? 0));
	return new Uint8Array(bytes.buffer);
}

export function box(type: string, ...content: Uint8Array[]): Uint8Array {
	const size = content.reduce((sum, { length }) => sum + length, HEADER_BYTES);
	return joinBytes([uint32([size]), ascii(type), ...content]);
}

/** A box with version and flags. */
export function fullBox(type: string, version: number, flags: number, ...content: Uint8Array[]): Uint8Array {
	return box(type, uint32([version * 2 ** 24 + flags]), ...content);
}

/** The header of a box whose content follows. @param size of its content in bytes */
export function boxHeader(type: string, size: number): Uint8Array {
	return size + HEADER_BYTES < 2 ** 32
		? joinBytes([uint32([size + HEADER_BYTES]), ascii(type)])
		: joinBytes([uint32([1]), ascii(type), uint64([size + LARGE_HEADER_BYTES])]);
}

/** A box in bytes. */
export interface FoundBox {
	type: string;
	/** All of its bytes that are there. */
	bytes: Uint8Array;
	headerBytes: number;
	/** As it announces itself. */
	size: number;
	/** Whether it announces no size, but reaches to the end of the file. */
	reachesEnd: boolean;
}

/** The boxes in bytes. The last one may be larger than the rest of the bytes. */
export function readBoxes(bytes: Uint8Array): FoundBox[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const boxes: FoundBox[] = [];
	for (let position = 0; position + HEADER_BYTES <= bytes.length;) {
		const type = String.fromCharCode(...bytes.subarray(position + 4, position + 8));
		let size = view.getUint32(position);
		let headerBytes = HEADER_BYTES;
		if (size === 1 && position + LARGE_HEADER_BYTES <= bytes.length) {
			size = Number(view.getBigUint64(position + HEADER_BYTES));
			headerBytes = LARGE_HEADER_BYTES;
		}
		const reachesEnd = size === 0;
		if (reachesEnd) size = bytes.length - position;
		if (size < headerBytes) break;
		boxes.push({ type, bytes: bytes.subarray(position, position + size), headerBytes, size, reachesEnd });
		position += size;
	}
	return boxes;
}

export function payloadOf({ bytes, headerBytes }: FoundBox): Uint8Array {
	return bytes.subarray(headerBytes);
}

/** The first box at a path of types. */
export function findBox(bytes: Uint8Array, path: string[]): FoundBox | undefined {
	const [type, ...rest] = path;
	const found = readBoxes(bytes).find((candidate) => candidate.type === type);
	return found && rest.length > 0 ? findBox(payloadOf(found), rest) : found;
}
