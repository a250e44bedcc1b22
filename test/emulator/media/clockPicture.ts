import { ADVANCE, dotsOf } from './font';

/** A macroblock of H.264, and a square of the bar code, in pixels. */
export const SQUARE = 16;
/** Pictures per second of the clock. */
export const PICTURES_PER_SECOND = 25;

const BACKGROUND = 32;
const WHITE = 235;
const BLACK = 16;

/** The smallest picture: its width is that of the bar code. */
export const SMALLEST_HEIGHT = 180;

/** Squares in a row of the bar code. The first row is the second modulo 2^20. */
const SQUARES = 20;
/** In the second row: the number of the picture in its second, then the rest of the second. */
export const NUMBER_SQUARES = 5;
const HIGH_SQUARES = 12;

/** The size of a picture in pixels, and in macroblocks, which cover it. */
export interface PictureSize {
	width: number;
	height: number;
	columns: number;
	rows: number;
	/** The row of macroblocks with the second; the next row has the number of the picture. */
	codeRow: number;
}

/** @param height an even number of pixels, at least `SMALLEST_HEIGHT`; the picture is 16:9 */
export function pictureSize(height: number): PictureSize {
	if (height < SMALLEST_HEIGHT) throw new RangeError(`A picture of the camera has ${SMALLEST_HEIGHT} lines or more`);
	const width = 2 * Math.ceil((height * 8) / 9);
	const [columns, rows] = [Math.ceil(width / SQUARE), Math.ceil(height / SQUARE)];
	return { width, height, columns, rows, codeRow: Math.floor(height / SQUARE) - 2 };
}

/**
 * A picture of the clock in YCbCr: UTC date and time in digits, and the second and the number of the picture as a bar code. Its
 * tint changes each second.
 */
export class ClockPicture {
	/** Brightness by pixel, in rows of `stride`. */
	readonly luma: Uint8Array;
	readonly stride: number;
	readonly tint: { cb: number; cr: number };

	/** @param second of the clock, in epoch seconds */
	constructor(
		readonly size: PictureSize,
		second: number,
	) {
		this.stride = size.columns * SQUARE;
		this.luma = new Uint8Array(this.stride * size.rows * SQUARE).fill(BACKGROUND);
		this.tint = { cb: 96 + ((second * 37) % 64), cr: 96 + ((second * 59) % 64) };
		const [date = '', time = ''] = new Date(second * 1000).toISOString().split(/[T.]/);
		this.drawText(date, size.height / 9, size.height / 30);
		this.drawText(time, size.height / 3, size.height / 20);
		this.drawCode(size.codeRow, 0, second % 2 ** SQUARES, SQUARES);
		this.drawCode(size.codeRow + 1, SQUARES - HIGH_SQUARES, Math.floor(second / 2 ** SQUARES), HIGH_SQUARES);
	}

	/** @param number of the picture in its second, from 0 */
	showNumber(number: number): void {
		this.drawCode(this.size.codeRow + 1, 0, number, NUMBER_SQUARES);
	}

	/** Draws a text in the middle of the width, from the line `top`. */
	private drawText(text: string, top: number, dotHeight: number): void {
		const scale = Math.floor(dotHeight);
		const left = Math.floor((this.size.width - text.length * ADVANCE * scale) / 2);
		for (const [column, row] of dotsOf(text)) {
			this.drawSquare(left + column * scale, Math.floor(top) + row * scale, scale, WHITE);
		}
	}

	private drawCode(row: number, column: number, value: number, squares: number): void {
		for (let index = 0; index < squares; index++) {
			const isOne = Math.floor(value / 2 ** (squares - 1 - index)) % 2 === 1;
			this.drawSquare((column + index) * SQUARE, row * SQUARE, SQUARE, isOne ? WHITE : BLACK);
		}
	}

	private drawSquare(left: number, top: number, side: number, brightness: number): void {
		for (let y = top; y < top + side; y++) {
			const start = y * this.stride + left;
			this.luma.fill(brightness, start, start + side);
		}
	}
}

/**
 * Reads the bar code.
 *
 * @param bitAt whether the square at a column of the first or the second row of the code is white
 */
export function readCode(bitAt: (column: number, row: 0 | 1) => boolean): { second: number; picture: number } {
	const number = (column: number, row: 0 | 1, squares: number): number =>
		Array.from({ length: squares }, (_, index) => Number(bitAt(column + index, row))).reduce(
			(sum, bit) => sum * 2 + bit,
			0,
		);
	const second = number(SQUARES - HIGH_SQUARES, 1, HIGH_SQUARES) * 2 ** SQUARES + number(0, 0, SQUARES);
	return { second, picture: number(0, 1, NUMBER_SQUARES) };
}
