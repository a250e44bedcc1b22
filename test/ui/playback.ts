/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { pictureSize, readCode, SQUARE } from '../emulator/media/clockPicture';

/** What the page's only video shows at a position, in seconds: the time of the camera's clock. */
export async function clockAt(page: Page, position: number): Promise<ReturnType<typeof readCode>> {
	const { height, columns, isWhite } = await page.evaluate(drawAt, { position, square: SQUARE });
	const { codeRow } = pictureSize(height);
	return readCode((column, row) => isWhite[(codeRow + row) * columns + column] ?? false);
}

/** Plays the page's video until there is a tone in its sound. @returns false if there is none up to its end */
export async function hearTone(page: Page): Promise<boolean> {
	return await page.evaluate(playUntilTone);
}

/** Runs in the page. Returns which squares of the picture are white, from the left of the first row. */
async function drawAt({ position, square }: { position: number; square: number }) {
	const video = document.querySelector('video');
	const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	if (!video || !context) throw new Error('The page has no video');
	const happens = (event: string) => new Promise((resolve) => video.addEventListener(event, resolve, { once: true }));
	if (video.readyState < video.HAVE_CURRENT_DATA) await happens('loadeddata');
	video.pause();
	const seeked = happens('seeked');
	video.currentTime = position;
	await seeked;
	const { videoWidth: width, videoHeight: height } = video;
	Object.assign(context.canvas, { width, height });
	context.drawImage(video, 0, 0);
	const [columns, rows] = [Math.floor(width / square), Math.floor(height / square)];
	const isWhite = Array.from({ length: columns * rows }, (_, index) => {
		const [left, top] = [((index % columns) + 0.5) * square, (Math.floor(index / columns) + 0.5) * square];
		const [, green = 0] = context.getImageData(left, top, 1, 1).data;
		return green > 128;
	});
	return { height, columns, isWhite };
}

/** Runs in the page. */
async function playUntilTone(): Promise<boolean> {
	const video = document.querySelector('video');
	if (!video) throw new Error('The page has no video');
	const audio = new AudioContext();
	const analyser = audio.createAnalyser();
	audio.createMediaElementSource(video).connect(analyser).connect(audio.destination);
	await audio.resume();
	video.muted = false;
	video.currentTime = 0;
	await video.play();
	const samples = new Float32Array(analyser.fftSize);
	const hasTone = () => samples.some((sample) => Math.abs(sample) > 0.05);
	while (!hasTone() && !video.ended) {
		await new Promise((resolve) => requestAnimationFrame(resolve));
		analyser.getFloatTimeDomainData(samples);
	}
	return hasTone();
}
