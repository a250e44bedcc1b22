import { PNG } from 'pngjs';
import { ClockPicture, PICTURES_PER_SECOND, pictureSize, SMALLEST_HEIGHT } from './clockPicture';

/** The largest side of a thumbnail, in pixels. */
const LARGEST = 4096;

/**
 * A picture of the camera as a PNG.
 *
 * @param timeMs of the clock, in epoch milliseconds
 * @param width in pixels, as the height; other proportions than 16:9 distort it
 */
export function thumbnail(timeMs: number, width: number, height: number): Buffer {
	const size = pictureSize(SMALLEST_HEIGHT);
	const picture = new ClockPicture(size, Math.floor(timeMs / 1000));
	picture.showNumber(Math.floor(((timeMs % 1000) * PICTURES_PER_SECOND) / 1000));
	const png = new PNG({ width: clamp(width), height: clamp(height), colorType: 2 });
	for (let y = 0; y < png.height; y++) {
		const row = Math.floor((y * size.height) / png.height) * picture.stride;
		for (let x = 0; x < png.width; x++) {
			const luma = picture.luma[row + Math.floor((x * size.width) / png.width)] ?? 0;
			png.data.set([...toRgb(luma, picture.tint), 255], (y * png.width + x) * 4);
		}
	}
	return PNG.sync.write(png);
}

const clamp = (pixels: number): number => Math.min(Math.max(Math.round(pixels), 1), LARGEST);

/** ITU-R BT.601 in its limited range. */
function toRgb(luma: number, { cb, cr }: ClockPicture['tint']): [red: number, green: number, blue: number] {
	const y = 1.164 * (luma - 16);
	const [blue, red] = [cb - 128, cr - 128];
	const byte = (value: number): number => Math.min(Math.max(Math.round(value), 0), 255);
	return [byte(y + 1.596 * red), byte(y - 0.392 * blue - 0.813 * red), byte(y + 2.017 * blue)];
}
