import { Parser } from 'm3u8-parser';
import type { Conversion } from 'mediabunny';
import { PNG } from 'pngjs';
import { cdnFaults } from '../emulator/media/cdnFaults';
import type { MediaOptions } from '../emulator/media/options';
import { readClock } from '../emulator/media/readClock';
import { Throttle } from '../emulator/media/throttle';
import { START } from './api';
import { HOUR_MS, useEmulator } from './emulatorHarness';

const api = useEmulator();
const SECONDS = { from: START / 1000 - 20, to: START / 1000 - 10 };

/** Creates a clip of ten seconds, and returns its details once it is ready. */
async function readyClip(media: Partial<MediaOptions> = {}): Promise<Record<string, unknown>> {
	Object.assign(api.emulator.options, { media: { ...api.emulator.options.media, ...media } });
	await api.createClip({ startTime: SECONDS.from, endTime: SECONDS.to });
	api.now += 2000;
	return (await api.getContent()).data as Record<string, unknown>;
}

async function read(url: string): Promise<Buffer> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url}: ${response.status}`);
	return Buffer.from(await response.arrayBuffer());
}

/** Copies the packets of a playlist to an MP4. */
async function toMp4(playlist: string): Promise<{ file: Buffer; conversion: Conversion }> {
	const { ALL_FORMATS, BufferSource, BufferTarget, Conversion, CustomPathedSource, Input, Mp4OutputFormat, Output } =
		await import('mediabunny');
	const source = new CustomPathedSource(playlist, async ({ path }) => new BufferSource(await read(path)));
	const target = new BufferTarget();
	const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
	const conversion = await Conversion.init({ input: new Input({ source, formats: ALL_FORMATS }), output });
	await conversion.execute();
	return { file: Buffer.from(target.buffer ?? new ArrayBuffer(0)), conversion };
}

function parse(playlist: string): Parser['manifest'] {
	const parser = new Parser();
	parser.push(playlist);
	parser.end();
	return parser.manifest;
}

const shownBy = (seconds: { from: number; to: number }) =>
	Array.from({ length: (seconds.to - seconds.from) * 25 }, (_, index) => ({
		second: seconds.from + Math.floor(index / 25),
		picture: index % 25,
		timestamp: expect.closeTo(index / 25, 3),
	}));

describe('emulator media of a clip', () => {
	it.each<[string, Partial<MediaOptions>]>([
		['MPEG-TS', {}],
		['fMP4', { container: 'fmp4' }],
		['AES-128', { encryption: 'aes128' }],
		['fMP4 with AES-128', { container: 'fmp4', encryption: 'aes128' }],
		['sound apart', { tracks: 'apart' }],
		['pictures alone', { tracks: 'videoOnly' }],
		['several bit rates', { heights: [180, 360] }],
		['a discontinuity', { segmentsPerPart: 1 }],
		['absolute URLs', { uris: 'absolute' }],
		['URLs with a token', { uris: 'token' }],
		['no master playlist', { master: 'direct' }],
		['timestamps that wrap', { firstTimestamp: 2 ** 33 / 90_000 - 5 }],
		['padding', { bitRate: 4_000_000 }],
	])('has exactly its seconds, as %s', async (_name, media) => {
		const { playbackUrl } = await readyClip(media);
		const { file, conversion } = await toMp4(String(playbackUrl));
		expect(await readClock(file)).toEqual(shownBy(SECONDS));
		expect(conversion.utilizedTracks).toHaveLength(media.tracks === 'videoOnly' ? 1 : 2);
	});

	it('can be sound alone', async () => {
		const { playbackUrl } = await readyClip({ tracks: 'audioOnly' });
		const { conversion } = await toMp4(String(playbackUrl));
		expect(conversion.utilizedTracks.map(({ type }) => type)).toEqual(['audio']);
	});

	it('can have the URL of an MP4 in its details', async () => {
		const { anyName } = await readyClip({ mp4Field: 'anyName' });
		expect(await readClock(await read(String(anyName)))).toEqual(shownBy(SECONDS));
	});

	it('has a thumbnail that is a picture', async () => {
		const { thumbnailUrl } = await readyClip();
		const { width, height } = PNG.sync.read(await read(String(thumbnailUrl)));
		expect([width, height]).toEqual([320, 180]);
	});

	it('of another clip begins where that one says', async () => {
		const { contentId } = await readyClip();
		const range = { startTimeInSecs: 3, endTimeInSecs: 5 };
		await api.send('POST', `/contents/${String(contentId)}/clips`, range);
		api.now += 2000;
		const playlist = `${api.emulator.url}/hls/${api.emulator.videos[0]?.contentId}/master.m3u8`;
		const { file } = await toMp4(playlist);
		expect(await readClock(file)).toEqual(shownBy({ from: SECONDS.from + 3, to: SECONDS.from + 5 }));
	});

	it.each<[string, Partial<MediaOptions>, number]>([
		['signed', { isSigned: true }, 403],
		['redirected', { master: 'redirected' }, 302],
	])('can be %s', async (_name, media, status) => {
		const { playbackUrl } = await readyClip(media);
		const response = await fetch(String(playbackUrl), { redirect: 'manual' });
		expect(response.status).toBe(status);
	});

	it('is beside its playlist after a redirect, and not where it was', async () => {
		const { playbackUrl } = await readyClip({ master: 'redirected' });
		const { url } = await fetch(String(playbackUrl));
		expect((await fetch(new URL('180p/0.ts', url))).status).toBe(200);
		expect((await fetch(new URL('180p/0.ts', String(playbackUrl)))).status).toBe(404);
	});

	it('can name a key system', async () => {
		const { playbackUrl } = await readyClip({ encryption: 'drm' });
		expect(String(await read(String(playbackUrl)))).toMatch(/^#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,.*KEYFORMAT=/m);
		const playlist = new URL('180p.m3u8', String(playbackUrl)).href;
		expect(String(await read(playlist))).toMatch(/^#EXT-X-KEY:METHOD=SAMPLE-AES,.*KEYFORMAT=/m);
	});

	it('has no playback URL in its details, if the details have none', async () => {
		api.emulator.options.playbackUrlInDetails = false;
		expect(await readyClip()).not.toHaveProperty('playbackUrl');
	});

	it('has segments as large as the bit rate', async () => {
		const { playbackUrl } = await readyClip({ bitRate: 8_000_000 });
		const segment = await read(new URL('180p/0.ts', String(playbackUrl)).href);
		expect(segment.length / 6_000_000).toBeCloseTo(1, 1);
	});

	it('can be a recording of 4 GiB, created as it is read', async () => {
		const bitRate = 8_000_000;
		const durationMs = (2 ** 32 / bitRate) * 8000;
		Object.assign(api.emulator.options, { media: { ...api.emulator.options.media, bitRate } });
		const { contentId } = api.emulator.addVideo({ durationMs, clockStartMs: START });
		const folder = `${api.emulator.url}/hls/${contentId}`;
		const { segments } = parse(String(await read(`${folder}/180p.m3u8`)));
		const last = segments.at(-1) as { uri: string };
		const [, second] = await readClockOfTs(`${folder}/${last.uri}`);
		expect(second).toBe(Math.floor((START + durationMs - 1) / 1000));
	});
});

describe('faults of the CDN', () => {
	/** The status, or the end of the connection, and the start of the body, of three requests. */
	async function thrice(url: URL): Promise<string[]> {
		const outcomes: string[] = [];
		for (let request = 0; request < 3; request++) {
			outcomes.push(
				await fetch(url).then(
					async (response) => {
						const text = response.text().then(
							(body) => (body === '' ? ' empty' : body.startsWith('<!doctype') ? ' page' : ''),
							() => ' cut',
						);
						return `${response.status}${await text}`;
					},
					() => 'reset',
				),
			);
		}
		return outcomes;
	}

	it.each<[keyof typeof cdnFaults, string, string[]]>([
		['playbackUnauthorized', 'master.m3u8', ['401', '401', '401']],
		['playbackForbidden', 'master.m3u8', ['403', '403', '403']],
		['playlistMissing', '180p.m3u8', ['404 empty', '404 empty', '404 empty']],
		['playlistIsPage', 'master.m3u8', ['200 page', '200 page', '200 page']],
		['keyMissing', 'key', ['404 empty', '404 empty', '404 empty']],
		['segmentMissing', '180p/1.ts', ['404 empty', '404 empty', '404 empty']],
		['segmentIsPage', '180p/1.ts', ['200 page', '200 page', '200 page']],
		['segmentEmpty', '180p/1.ts', ['200 empty', '200 empty', '200 empty']],
		['segmentUnavailable', '180p/1.ts', ['503 empty', '503 empty', '200']],
		['segmentReset', '180p/1.ts', ['reset', 'reset', '200']],
		['segmentCut', '180p/1.ts', ['200 cut', '200 cut', '200']],
	])('%s', async (name, file, outcomes) => {
		const { playbackUrl } = await readyClip();
		api.emulator.failNextMedia(cdnFaults[name]);
		expect(await thrice(new URL(file, String(playbackUrl)))).toEqual(outcomes);
	});

	it('playlistEndless does not end', async () => {
		const { playbackUrl } = await readyClip();
		api.emulator.failNextMedia(cdnFaults.playlistEndless);
		const { body } = await fetch(new URL('180p.m3u8', String(playbackUrl)));
		const reader = body?.getReader();
		let bytes = 0;
		while (bytes < 10_000_000) {
			const chunk = await reader?.read();
			if (!chunk?.value) break;
			bytes += chunk.value.length;
		}
		await reader?.cancel();
		expect(bytes).toBeGreaterThanOrEqual(10_000_000);
	});

	it('playlistGarbled has no durations and no URLs', async () => {
		const { playbackUrl } = await readyClip();
		api.emulator.failNextMedia(cdnFaults.playlistGarbled);
		const lines = String(await read(new URL('180p.m3u8', String(playbackUrl)).href)).split('\n');
		expect(lines.filter((line) => line.startsWith('#EXTINF') || /^[^#]/.test(line))).toEqual([
			...['#EXTINF:long,', 'http://['],
			...['#EXTINF:long,', 'http://['],
		]);
	});

	it('can be a slow network, which all downloads share', async () => {
		jest.useFakeTimers();
		try {
			const throttle = new Throttle();
			const file = Buffer.alloc(2 * 65_536);
			const [one, other] = [throttle.chunks(file, 65_536), throttle.chunks(file, 65_536)];
			const times: number[] = [];
			const start = performance.now();
			const readAll = async (chunks: AsyncIterable<Buffer>) => {
				for await (const chunk of chunks) times.push(chunk.length && performance.now() - start);
			};
			const reading = Promise.all([readAll(one), readAll(other)]);
			await jest.advanceTimersByTimeAsync(10_000);
			await reading;
			expect(times).toEqual([0, 1000, 2000, 3000]);
		} finally {
			jest.useRealTimers();
		}
	});
});

describe('emulator media of a live stream', () => {
	it('can be played from its start to the live edge, with the times of segments', async () => {
		const folder = `${api.emulator.url}/hls/${api.stream.streamUUID}`;
		const master = parse(String(await read(`${folder}/master.m3u8`)));
		expect(master.playlists).toMatchObject([{ attributes: { RESOLUTION: { width: 320, height: 180 } } }]);
		const { segments, endList } = parse(String(await read(`${folder}/180p.m3u8`)));
		expect([segments.length, endList]).toEqual([HOUR_MS / 6000, undefined]);
		const last = segments.at(-1) as { uri: string; dateTimeString: string };
		expect(last.dateTimeString).toBe(new Date(START - 6000).toISOString());
		expect(await readClockOfTs(`${folder}/${last.uri}`)).toEqual([START / 1000 - 6, START / 1000 - 1]);
		expect((await fetch(`${folder}/180p/600.ts`)).status).toBe(404);
	});

	it('has a page to watch', async () => {
		const page = await fetch(api.emulator.watchUrl(api.stream.streamUUID));
		expect(await page.text()).toMatch(new RegExp(`<h1>${api.stream.title} .*LIVE`));
		expect((await fetch(`${api.emulator.url}/watch/hls.js`)).status).toBe(200);
		expect((await fetch(api.emulator.watchUrl('x'))).status).toBe(404);
	});
});

/** The first and the last second in a segment. */
async function readClockOfTs(url: string): Promise<Array<number | undefined>> {
	const { file } = await toMp4(url);
	const shown = await readClock(file);
	return [shown[0]?.second, shown.at(-1)?.second];
}
