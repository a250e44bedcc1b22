import { BitWriter } from './bitWriter';
import { type ClockPicture, NUMBER_SQUARES, PICTURES_PER_SECOND, type PictureSize, SQUARE } from './clockPicture';

/**
 * H.264 without compression (ITU-T H.264, constrained baseline): macroblocks are either stored as they are (I_PCM) or unchanged
 * (P_Skip). Each function returns NAL units without start codes.
 */

/** Bytes of a macroblock in 4:2:0, and those of its header if it begins at a whole byte. */
export const BLOCK_BYTES = 256 + 64 + 64;
export const BLOCK_HEADER_BYTES = 2;

const NAL = { slice: 0x41, key: 0x65, sequence: 0x67, picture: 0x68, filler: 0x0c };
const I_PCM = { inKey: 25, inNext: 30 };
const SLICE = { key: 7, next: 5 };

/** Level 3.0 is enough for 854×480; 5.1 is enough for everything else. */
const levelOf = ({ height }: PictureSize): number => (height <= 480 ? 30 : 51);

export function codecOf(size: PictureSize): string {
	return `avc1.42c0${levelOf(size).toString(16)}`;
}

/** The decoder configuration of MP4 (ISO/IEC 14496-15): both parameter sets; lengths of NAL units have four bytes. */
export function decoderConfiguration(size: PictureSize): Buffer {
	const [sequence, picture] = [sequenceParameters(size), pictureParameters()];
	return Buffer.from([
		...[1, 66, 0xc0, levelOf(size), 0xff],
		...[0xe1, 0, sequence.length, ...sequence],
		...[1, 0, picture.length, ...picture],
	]);
}

/** A picture that needs no other. @param idrId differs between two in a row */
export function keyPicture(picture: ClockPicture, idrId: number): Buffer {
	const { columns, rows } = picture.size;
	const writer = sliceWriter(columns * rows);
	writer.golomb(0, SLICE.key, 0).bits(0, 4).golomb(idrId).bits(0, 2);
	endSliceHeader(writer);
	for (let index = 0; index < columns * rows; index++) {
		writer.golomb(I_PCM.inKey);
		writeBlock(writer, picture, index % columns, Math.floor(index / columns));
	}
	return nalUnit(NAL.key, endData(writer));
}

/** A picture in which only its number differs from the one before. @param count of pictures since the last key picture */
export function nextPicture(picture: ClockPicture, count: number): Buffer {
	const { columns, rows, codeRow } = picture.size;
	const first = (codeRow + 1) * columns;
	const writer = sliceWriter(NUMBER_SQUARES);
	writer
		.golomb(0, SLICE.next, 0)
		.bits(count % 16, 4)
		.bits(0, 3);
	endSliceHeader(writer);
	for (let column = 0; column < NUMBER_SQUARES; column++) {
		writer.golomb(column === 0 ? first : 0, I_PCM.inNext);
		writeBlock(writer, picture, column, codeRow + 1);
	}
	writer.golomb(columns * rows - first - NUMBER_SQUARES);
	return nalUnit(NAL.slice, endData(writer));
}

/** Padding that decoders ignore, as encoders with a constant bit rate send it. @param bytes 2 or more */
export function filler(bytes: number): Buffer {
	const unit = Buffer.alloc(bytes, 0xff);
	unit[0] = NAL.filler;
	unit[bytes - 1] = 0x80;
	return unit;
}

function sequenceParameters(size: PictureSize): Buffer {
	const { width, height, columns, rows } = size;
	const writer = new BitWriter(64);
	writer.bits(66, 8).bits(0xc0, 8).bits(levelOf(size), 8);
	// The frame number has 4 bits, pictures come in the order of decoding (type 2), and one is a reference.
	writer.golomb(0, 0, 2, 1).bits(0, 1);
	writer.golomb(columns - 1, rows - 1).bits(0b11, 2);
	// The macroblocks reach over the picture's right and lower edge; 4:2:0 counts in two pixels.
	writer.bits(1, 1).golomb(0, (columns * SQUARE - width) / 2, 0, (rows * SQUARE - height) / 2);
	// Usability information: nothing but the frame rate.
	writer.bits(1, 1).bits(0, 4);
	writer
		.bits(1, 1)
		.bits(1, 32)
		.bits(PICTURES_PER_SECOND * 2, 32)
		.bits(1, 1)
		.bits(0, 4);
	return nalUnit(NAL.sequence, endData(writer));
}

function pictureParameters(): Buffer {
	const writer = new BitWriter(16);
	writer.golomb(0, 0).bits(0, 2).golomb(0, 0, 0).bits(0, 3).golomb(0, 0, 0);
	// Slices say whether they are deblocked.
	return nalUnit(NAL.picture, endData(writer.bits(0b100, 3)));
}

const sliceWriter = (blocks: number): BitWriter => new BitWriter(64 + blocks * (BLOCK_BYTES + BLOCK_HEADER_BYTES));

/** The quantizer as given, and no deblocking: the pixels stay as they are. */
function endSliceHeader(writer: BitWriter): void {
	writer.golomb(0, 1);
}

function writeBlock(writer: BitWriter, { luma, stride, tint }: ClockPicture, column: number, row: number): void {
	writer.align();
	for (let y = row * SQUARE; y < (row + 1) * SQUARE; y++) {
		const start = y * stride + column * SQUARE;
		writer.bytes(luma.subarray(start, start + SQUARE));
	}
	writer.fill(tint.cb, 64).fill(tint.cr, 64);
}

const endData = (writer: BitWriter): Buffer => writer.bits(1, 1).written();

/** Adds the header, and breaks up byte sequences that only start codes may have. */
function nalUnit(header: number, data: Buffer): Buffer {
	const parts: Uint8Array[] = [Buffer.from([header])];
	let start = 0;
	for (let at = data.indexOf('\0\0', 0, 'latin1'); at >= 0; at = data.indexOf('\0\0', start, 'latin1')) {
		const next = data[at + 2] ?? 0;
		parts.push(data.subarray(start, at + 2), ...(next <= 3 ? [Buffer.from([3])] : []));
		start = at + 2;
	}
	return Buffer.concat([...parts, data.subarray(start)]);
}
