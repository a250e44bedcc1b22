/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { pictureSize, readCode, SQUARE } from '../emulator/media/clockPicture';

/** What the page's only video shows at a position, in seconds: the time of the camera's clock. */
export async function clockAt(page: Page, position: number): Promise<ReturnType<typeof readCode>> {
	const { height, columns, isWhite } = await page.evaluate(drawAt, { position, square: SQUARE });
	const { codeRow } = pictureSize(height);
	return readCode((column, row) => isWhite[(codeRow + row) * columns + column] ?? false);
}

/** Opens an MP4 or M4A in an empty page. */
export async function openFile(page: Page, file: Buffer): Promise<void> {
	await page.setContent('<video controls></video>');
	await page.evaluate(loadFile, file.toString('base64'));
}

/** Decodes the sound of a file in the page. @returns when a tone begins after silence, in seconds */
export async function tonesOf(page: Page, file: Buffer): Promise<number[]> {
	return await page.evaluate(decodeSound, file.toString('base64'));
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
	// The picture may be shown later than that. One that never shows is a failure of the test, not a wait without an end.
	for (let frames = 0; frames < 100; frames++) {
		await new Promise((resolve) => requestAnimationFrame(resolve));
		if (video.readyState < video.HAVE_CURRENT_DATA) continue;
		const shown = new VideoFrame(video);
		const isThere = Math.abs(shown.timestamp / 1e6 - position) < 0.05;
		Object.assign(context.canvas, { width: shown.displayWidth, height: shown.displayHeight });
		context.drawImage(shown, 0, 0);
		shown.close();
		if (isThere) break;
	}
	const { width, height } = context.canvas;
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

/** Runs in the page. */
async function loadFile(base64: string): Promise<void> {
	const video = document.querySelector('video');
	if (!video) throw new Error('The page has no video');
	const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
	await new Promise((resolve, reject) => {
		video.onloadeddata = resolve;
		video.onerror = () => reject(new Error(video.error?.message));
		video.src = URL.createObjectURL(new Blob([bytes]));
	});
}

/** Runs in the page. */
async function decodeSound(base64: string): Promise<number[]> {
	const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
	const sound = await new AudioContext().decodeAudioData(bytes.buffer);
	const starts: number[] = [];
	let quietFrom = -sound.sampleRate;
	sound.getChannelData(0).forEach((sample, index) => {
		if (Math.abs(sample) < 0.05) return;
		if (index - quietFrom > sound.sampleRate / 2) starts.push(index / sound.sampleRate);
		quietFrom = index;
	});
	return starts;
}
