import type { Browser, Page } from 'playwright-core';
import { addDownload } from '../e2e/downloadWorkflow';
import { type Harness, openHarness } from '../e2e/harness';
import { emulated, type Service } from '../e2e/service';
import type { Emulator, Video } from '../emulator';
import { HLS_KINDS } from '../emulator/media/hlsKinds';
import { mediaDefaults, type MediaOptions } from '../emulator/media/options';
import { openBrowser } from './browser';
import { describeInBrowser } from './describeInBrowser';
import { keepLastView } from './pictures';
import { clockAt, hearTone, openFile, tonesOf } from './playback';

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
/** One test: a download, and some steps in a page. */
const TEST_MS = 60_000;

jest.setTimeout(TEST_MS);

const CLIP = { title: 'Goal', clockStartMs: Date.UTC(2026, 0, 10, 15), durationMs: 10_000 };
const FIRST = { second: CLIP.clockStartMs / 1000, picture: 0 };
const LAST = { second: FIRST.second + 9, picture: 24 };

describe('download', () => {
	describeInBrowser('a file that the node downloads in a real n8n, in Chromium', (program) => {
		let service: Service & { emulator: Emulator };
		let harness: Harness;
		let browser: Browser;
		let video: Video;
		let page: Page;
		const opened: Array<() => Promise<void>> = [];

		beforeAll(async () => {
			service = await emulated();
			opened.push(service.close);
			harness = await openHarness(service, (line) => process.stderr.write(`${line}\n`));
			opened.push(harness.n8n.stop);
			browser = await openBrowser(program);
			opened.push(() => browser.close());
			await addDownload(harness, { path: 'mp4', respondsWith: 'file' });
			await addDownload(harness, { path: 'm4a', respondsWith: 'file', parameters: { format: 'audio' } });
			video = service.emulator.addVideo(CLIP);
			page = await browser.newPage();
		}, START_MS);

		afterEach(() => keepLastView(page, expect.getState().currentTestName ?? ''));

		afterAll(async () => {
			for (const close of opened.reverse()) await close();
		}, TEST_MS);

		async function download(path: 'mp4' | 'm4a', media: Partial<MediaOptions>): Promise<Buffer> {
			service.emulator.options.media = { ...mediaDefaults, ...media };
			return await harness.n8n.client.fileFromWebhook(path, { contentId: video.contentId });
		}

		/** The camera has a tone at each second, in frames of 21 ms; to decode one takes as long. */
		function expectTones(starts: number[]): void {
			const seconds = Array.from({ length: CLIP.durationMs / 1000 }, (_, second) => second);
			expect(starts.map(Math.floor)).toEqual(seconds);
			expect(Math.max(...starts.map((start) => start % 1))).toBeLessThan(0.045);
		}

		test.each(HLS_KINDS)('has the right seconds, and its sound, from %s', async (_name, media) => {
			const file = await download('mp4', media);
			await openFile(page, file);
			expect([await clockAt(page, 0), await clockAt(page, 10 - 0.02)]).toEqual([FIRST, LAST]);
			expect(await page.locator('video').evaluate((one: HTMLVideoElement) => one.duration)).toBeCloseTo(10, 1);
			expectTones(await tonesOf(page, file));
			expect(await hearTone(page)).toBe(true);
		});

		test('without sound has the right seconds', async () => {
			await openFile(page, await download('mp4', { tracks: 'videoOnly' }));
			expect([await clockAt(page, 0), await clockAt(page, 10 - 0.02)]).toEqual([FIRST, LAST]);
		});

		test.each<[string, Partial<MediaOptions>]>([
			['segments with pictures', {}],
			['sound apart', { tracks: 'apart' }],
			['sound alone', { tracks: 'audioOnly' }],
		])('as M4A has its sound, from %s', async (_name, media) => {
			const file = await download('m4a', media);
			await openFile(page, file);
			expectTones(await tonesOf(page, file));
			expect(await hearTone(page)).toBe(true);
		});
	});
});
