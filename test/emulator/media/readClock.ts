import type { EncodedPacket } from 'mediabunny';
import { NUMBER_SQUARES, type PictureSize, pictureSize, readCode, SQUARE } from './clockPicture';
import { BLOCK_BYTES, BLOCK_HEADER_BYTES } from './h264';

/** What one picture of the camera shows. */
export interface ShownTime {
	/** Seconds from the start of the file. */
	timestamp: number;
	/** Epoch seconds. */
	second: number;
	/** The number of the picture in its second, from 0. */
	picture: number;
}

const STEP = BLOCK_HEADER_BYTES + BLOCK_BYTES;
/** The pixel in the middle of a macroblock. */
const MIDDLE = BLOCK_HEADER_BYTES + (SQUARE / 2) * SQUARE + SQUARE / 2;
const LENGTH_BYTES = 4;

/**
 * Reads the clock in each picture of a video that the camera of the emulator recorded, without a decoder: its macroblocks are not
 * compressed.
 *
 * @param file an MP4, or its path
 * @throws {Error} if it has no video track, or a picture is not from the camera
 */
export async function readClock(file: Buffer | string): Promise<ShownTime[]> {
	const { ALL_FORMATS, BufferSource, EncodedPacketSink, FilePathSource, Input } = await import('mediabunny');
	const source = typeof file === 'string' ? new FilePathSource(file) : new BufferSource(file);
	const input = new Input({ source, formats: ALL_FORMATS });
	try {
		const track = await input.getPrimaryVideoTrack();
		if (!track) throw new Error('The file has no video');
		const size = pictureSize(await track.getDisplayHeight());
		const shown: ShownTime[] = [];
		let second: number | undefined;
		for await (const packet of new EncodedPacketSink(track).packets()) {
			const picture = readPicture(packet, size);
			second = picture.second ?? second;
			if (second === undefined) throw new Error('The file does not begin with a key picture');
			shown.push({ timestamp: packet.timestamp, second, picture: picture.picture });
		}
		return shown;
	} finally {
		input.dispose();
	}
}

/** Reads a picture. Only key pictures contain the second. */
function readPicture(packet: EncodedPacket, size: PictureSize): { second?: number; picture: number } {
	const slice = lengthPrefixedUnits(packet.data).find((unit) => isKeySlice(unit) !== undefined);
	const { columns, rows, codeRow } = size;
	const blocks = columns * rows;
	const numberBlock = (codeRow + 1) * columns;
	const isKey = slice !== undefined && isKeySlice(slice) === true;
	const count = isKey ? blocks : NUMBER_SQUARES;
	// The macroblocks are at the end, before the number of unchanged ones and a bit for the end of the data.
	const tail = isKey ? 1 : Math.ceil((golombBits(blocks - numberBlock - NUMBER_SQUARES) + 1) / 8);
	const start = (slice?.length ?? 0) - tail - count * STEP;
	if (!slice || start < 0) throw new Error(`The picture at ${packet.timestamp} s is not from the emulator's camera`);
	const isWhite = (block: number): boolean => (slice[start + block * STEP + MIDDLE] ?? 0) > 128;
	if (isKey) return readCode((column, row) => isWhite((codeRow + row) * columns + column));
	return { picture: readCode((column, row) => row === 1 && column < NUMBER_SQUARES && isWhite(column)).picture };
}

/** undefined if the NAL unit is no slice. */
function isKeySlice([header = 0]: Uint8Array): boolean | undefined {
	return { 1: false, 5: true }[header & 31];
}

const golombBits = (value: number): number => 2 * Math.floor(Math.log2(value + 1)) + 1;

/** The NAL units of a sample of an MP4. */
function lengthPrefixedUnits(sample: Uint8Array): Uint8Array[] {
	const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
	const units: Uint8Array[] = [];
	for (let at = 0; at + LENGTH_BYTES <= sample.length;) {
		const start = at + LENGTH_BYTES;
		at = start + view.getUint32(at);
		units.push(sample.subarray(start, at));
	}
	return units;
}
