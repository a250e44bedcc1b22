import type { INodeParameters } from 'n8n-workflow';
import type { MediaOptions } from '../emulator/media/options';
import { readClock, type ShownTime } from '../emulator/media/readClock';
import type { Result, Run } from './engine';
import { locator, NOW, useHarness } from './harness';

const harness = useHarness();

const SECONDS = { from: NOW / 1000 - 60, to: NOW / 1000 - 48 };

/** Adds a video that shows these seconds. */
function addVideo(media: Partial<MediaOptions> = {}): string {
	const { emulator } = harness;
	Object.assign(emulator.options, { media: { ...emulator.options.media, ...media } });
	const { from, to } = SECONDS;
	return emulator.addVideo({ title: 'Goal', clockStartMs: from * 1000, durationMs: (to - from) * 1000 }).contentId;
}

const download = async (contentId: string, parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run(
		{ resource: 'video', operation: 'download', contentId: locator(contentId), ...parameters },
		options,
	);

/** The file of the first item, in memory. */
function fileOf({ items, error }: Result, field = 'data'): Buffer {
	expect(error).toBeUndefined();
	return Buffer.from(items[0]?.binary?.[field]?.data ?? '', 'base64');
}

function shownBy({ from, to }: { from: number; to: number }): ShownTime[] {
	return Array.from({ length: (to - from) * 25 }, (_, index) => ({
		second: from + Math.floor(index / 25),
		picture: index % 25,
		timestamp: expect.closeTo(index / 25, 3) as number,
	}));
}

describe('Download of a video', () => {
	it.each<[string, Partial<MediaOptions>]>([
		['MPEG-TS', {}],
		['fMP4', { container: 'fmp4' }],
		['AES-128', { encryption: 'aes128' }],
		['fMP4 with AES-128', { container: 'fmp4', encryption: 'aes128' }],
		['sound apart', { tracks: 'apart' }],
		['sound apart in fMP4', { tracks: 'apart', container: 'fmp4' }],
		['pictures alone', { tracks: 'videoOnly' }],
		['several bit rates', { heights: [180, 360] }],
		['discontinuities', { segmentsPerPart: 1 }],
		['discontinuities, sound apart', { segmentsPerPart: 1, tracks: 'apart' }],
		['absolute URLs', { uris: 'absolute' }],
		['URLs with a token', { uris: 'token' }],
		['no master playlist', { master: 'direct' }],
		['a redirect', { master: 'redirected' }],
		['timestamps that wrap', { firstTimestamp: 2 ** 33 / 90_000 - 5 }],
		['padding', { bitRate: 4_000_000 }],
	])('from %s has exactly its seconds', async (_name, media) => {
		const file = fileOf(await download(addVideo(media)));
		expect(await readClock(file)).toEqual(shownBy(SECONDS));
	});

	it('returns what it downloaded', async () => {
		const contentId = addVideo();
		const { items } = await download(contentId);
		expect(items).toMatchObject([
			{
				json: {
					contentId,
					title: 'Goal',
					fileName: 'Goal.mp4',
					mimeType: 'video/mp4',
					fileSize: fileOf({ items } as Result).length,
					duration: expect.closeTo(12, 1),
					width: 320,
					height: 180,
				},
				binary: { data: { fileName: 'Goal.mp4', mimeType: 'video/mp4', fileExtension: 'mp4' } },
				pairedItem: { item: 0 },
			},
		]);
	});
});
