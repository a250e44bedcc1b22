import type { Browser, Page } from 'playwright-core';
import { type Emulator, startEmulator, type Stream, type Video } from '../emulator';
import { HLS_KINDS } from '../emulator/media/hlsKinds';
import { mediaDefaults, type MediaOptions } from '../emulator/media/options';
import { openBrowser } from './browser';
import { describeInBrowser } from './describeInBrowser';
import { keepLastView } from './pictures';
import { clockAt, hearTone } from './playback';

jest.setTimeout(60_000);

const NOW = Date.UTC(2026, 0, 10, 15);
const HOUR_MS = 60 * 60 * 1000;
const CLIP = { title: 'Goal 1:0 by <Ada>', clockStartMs: NOW - 30_000, durationMs: 10_000 };
const FIRST = { second: CLIP.clockStartMs / 1000, picture: 0 };
const LAST = { second: FIRST.second + 9, picture: 24 };
/** In the middle of the last picture, in seconds. */
const AT_LAST = 10 - 0.02;

describe('media', () => {
	describeInBrowser('the page to watch of the emulator', (program) => {
		let browser: Browser;
		let emulator: Emulator;
		let stream: Stream;
		let video: Video;
		let page: Page;

		beforeAll(async () => {
			browser = await openBrowser(program);
			emulator = await startEmulator({ now: () => NOW });
			stream = emulator.addStream({ title: 'Saturday derby', startedAt: NOW - HOUR_MS });
			video = emulator.addVideo(CLIP);
		});

		beforeEach(async () => {
			page = await browser.newPage({ viewport: { width: 1000, height: 720 } });
		});

		afterEach(async () => {
			await keepLastView(page, expect.getState().currentTestName ?? '');
			await page.close();
		});

		afterAll(async () => {
			await browser.close();
			await emulator.close();
		});

		async function watch(id: string, media: Partial<MediaOptions> = {}): Promise<void> {
			emulator.options.media = { ...mediaDefaults, ...media };
			await page.goto(emulator.watchUrl(id));
		}

		it.each(HLS_KINDS)('plays a clip from its first to its last second, as %s', async (_name, media) => {
			await watch(video.contentId, media);
			expect(await clockAt(page, 0)).toEqual(FIRST);
			expect(await clockAt(page, AT_LAST)).toEqual(LAST);
			expect(await page.locator('video').evaluate((one: HTMLVideoElement) => one.duration)).toBeCloseTo(10, 1);
			expect(await hearTone(page)).toBe(true);
		});

		it('plays a clip without sound', async () => {
			await watch(video.contentId, { tracks: 'videoOnly' });
			expect([await clockAt(page, 0), await clockAt(page, AT_LAST)]).toEqual([FIRST, LAST]);
			expect(await hearTone(page)).toBe(false);
		});

		it('plays a clip that is sound alone', async () => {
			await watch(video.contentId, { tracks: 'audioOnly' });
			expect(await hearTone(page)).toBe(true);
		});

		it('plays a live stream from its start to the live edge', async () => {
			await watch(stream.streamUUID);
			expect(await clockAt(page, 0)).toEqual({ second: (NOW - HOUR_MS) / 1000, picture: 0 });
			// Chromium shows the very last pictures once the next segment is there.
			expect(await clockAt(page, HOUR_MS / 1000 - 0.5)).toEqual({ second: NOW / 1000 - 1, picture: 12 });
			expect(await hearTone(page)).toBe(true);
			expect(await page.locator('h1').innerText()).toBe('Saturday derby LIVE');
		});

		it('shows why a clip does not play', async () => {
			await watch(video.contentId, { isSigned: true });
			const alert = page.getByRole('alert').filter({ hasText: /./ });
			expect(await alert.innerText()).toBe('Playback failed: manifestLoadError (403)');
			expect(await page.locator('h1').innerText()).toBe(CLIP.title);
		});
	});
});
