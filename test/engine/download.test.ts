import type { INodeParameters } from 'n8n-workflow';
import { cdnFaults } from '../emulator/media/cdnFaults';
import { HLS_KINDS } from '../emulator/media/hlsKinds';
import type { MediaOptions } from '../emulator/media/options';
import { readClock, type ShownTime } from '../emulator/media/readClock';
import { readStoredFile } from './binaryData';
import type { Result, Run } from './engine';
import { locator, NOW, useHarness } from './harness';
import { boxTypes, readTracks } from './mp4File';

const harness = useHarness();

const SECONDS = { from: NOW / 1000 - 60, to: NOW / 1000 - 48 };

/** Adds a video that shows these seconds. */
function addVideo(media: Partial<MediaOptions> = {}, title = 'Goal'): string {
	const { emulator } = harness;
	Object.assign(emulator.options, { media: { ...emulator.options.media, ...media } });
	const { from, to } = SECONDS;
	return emulator.addVideo({ title, clockStartMs: from * 1000, durationMs: (to - from) * 1000 }).contentId;
}

const download = async (contentId: string, parameters: INodeParameters = {}, options?: Partial<Run>): Promise<Result> =>
	await harness.run(
		{ resource: 'video', operation: 'download', contentId: locator(contentId), ...parameters },
		options,
	);

/** The file of the first item. */
async function fileOf({ items, error }: Result, field = 'data'): Promise<Buffer> {
	expect(error).toBeUndefined();
	return await readStoredFile(items[0]?.binary?.[field]);
}

function shownBy({ from, to }: { from: number; to: number }): ShownTime[] {
	return Array.from({ length: (to - from) * 25 }, (_, index) => ({
		second: from + Math.floor(index / 25),
		picture: index % 25,
		timestamp: expect.closeTo(index / 25, 3) as number,
	}));
}

/** When each frame of sound begins, in seconds of a file of 12 s. Each part of a recording begins with a frame of its own. */
function soundTimes(parts: number): number[] {
	const frame = 1024 / 48_000;
	const lasts = 12 / parts;
	return Array.from({ length: parts }, (_, part) => {
		const times = Array.from({ length: Math.ceil(lasts / frame) }, (_, index) => part * lasts + index * frame);
		// Three quarters of it are covered by the last frame of the part before.
		return part === 0 ? times : times.slice(1);
	}).flat();
}

const requested = (path: RegExp) => harness.emulator.requests.filter((request) => path.test(request.path));

describe('Download of a video', () => {
	it.each<[string, Partial<MediaOptions>]>([
		...HLS_KINDS,
		['pictures alone', { tracks: 'videoOnly' }],
		['a discontinuity, sound apart', { segmentsPerPart: 1, tracks: 'apart' }],
		['an MP4', { mp4Field: 'mp4Url' }],
	])('from %s has exactly its seconds', async (_name, media) => {
		const file = await fileOf(await download(addVideo(media)));
		expect(await readClock(file)).toEqual(shownBy(SECONDS));
		const { audio } = await readTracks(file);
		const sounds = media.tracks === 'videoOnly' ? [] : soundTimes(media.segmentsPerPart === 1 ? 2 : 1);
		expect(audio.map(({ timestamp }) => timestamp)).toEqual(sounds.map((time) => expect.closeTo(time, 3) as number));
	});

	it('returns what it downloaded, and the index of the file comes first', async () => {
		const contentId = addVideo();
		const result = await download(contentId);
		const file = await fileOf(result);
		expect(boxTypes(file)).toEqual(['ftyp', 'moov', 'mdat', 'mdat']);
		expect(result.items).toMatchObject([
			{
				json: {
					contentId,
					title: 'Goal',
					fileName: 'Goal.mp4',
					mimeType: 'video/mp4',
					fileSize: file.length,
					duration: expect.closeTo(12, 1),
					width: 320,
					height: 180,
				},
				binary: { data: { fileName: 'Goal.mp4', mimeType: 'video/mp4', fileExtension: 'mp4' } },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('accepts a clip, another field and another name', async () => {
		await harness.createClip();
		harness.emulator.options.readyAfterMs = 0;
		const contentId = harness.emulator.clips[0]?.contentUUID ?? '';
		const parameters = { resource: 'clip', binaryPropertyName: 'clip', options: { fileName: 'Tor: 1/0' } };
		const result = await download(contentId, parameters);
		const shown = await readClock(await fileOf(result, 'clip'));
		const end = NOW / 1000 - 30;
		expect([shown[0]?.second, shown.at(-1)?.second]).toEqual([end - 30, end - 1]);
		expect(result.items[0]?.json).toMatchObject({
			contentId,
			fileName: 'Tor 1 0.mp4',
			duration: expect.closeTo(30, 1),
		});
	});

	it.each<[string, Partial<MediaOptions>]>([
		['its own playlist', { tracks: 'apart' }],
		['a playlist of pictures and sound', {}],
		['sound alone', { tracks: 'audioOnly' }],
	])('as M4A has the sound of %s', async (_name, media) => {
		const result = await download(addVideo(media), { format: 'audio' });
		const { video, audio } = await readTracks(await fileOf(result));
		expect(video).toEqual([]);
		expect(audio).toHaveLength(Math.ceil((12 * 48_000) / 1024));
		expect(result.items[0]).toMatchObject({
			json: { fileName: 'Goal.m4a', mimeType: 'audio/mp4', duration: expect.closeTo(12, 1), width: null, height: null },
			binary: { data: { mimeType: 'audio/mp4' } },
		});
		expect(requested(/180p\/.*\.ts$/)).toHaveLength(media.tracks === undefined ? 2 : 0);
	});

	it.each([
		[undefined, 360],
		['best', 360],
		['720', 360],
		['360', 360],
	])('with Max Height %s has %d lines', async (maxHeight, height) => {
		const options = maxHeight === undefined ? {} : { maxHeight };
		const { items } = await download(addVideo({ heights: [180, 360, 240] }), { options });
		expect(items[0]?.json.height).toBe(height);
	});

	it('has the smallest rendition if all are larger than Max Height', async () => {
		const { items } = await download(addVideo({ heights: [540, 480] }), { options: { maxHeight: '360' } });
		expect(items[0]?.json.height).toBe(480);
	});

	it('reads what an MP4 is like, and ignores it for another format or height', async () => {
		const contentId = addVideo({ mp4Field: 'mp4Url' });
		const copied = await download(contentId);
		const facts = { width: 320, height: 180, duration: expect.closeTo(12, 1) };
		expect(copied.items[0]?.json).toMatchObject({ ...facts, fileSize: (await fileOf(copied)).length });
		expect(requested(/\.ts$/)).toEqual([]);
		await download(contentId, { format: 'audio' });
		await download(contentId, { options: { maxHeight: '720' } });
		expect(requested(/\.ts$/)).toHaveLength(4);
	});

	it('uses the playlist if the MP4 is not there', async () => {
		harness.emulator.failNextMedia({ path: /\.mp4$/, answer: { status: 404 } });
		const file = await fileOf(await download(addVideo({ mp4Field: 'mp4Url' })));
		expect(await readClock(file)).toEqual(shownBy(SECONDS));
	});

	it('waits until the video is ready', async () => {
		harness.emulator.options.readyAfterMs = 90_000;
		await harness.createClip();
		const contentId = harness.emulator.clips[0]?.contentUUID ?? '';
		const { items, error } = await download(contentId, { waitUntilReady: true });
		expect(error).toBeUndefined();
		expect(items[0]?.json.height).toBe(180);
	});

	it('sends no credentials to the host of the files, and downloads many', async () => {
		const contentIds = [addVideo(), addVideo({}, 'Save'), addVideo({}, '')];
		const { items } = await harness.run(
			{ resource: 'video', operation: 'download', contentId: locator('={{ $json.id }}') },
			{ input: contentIds.map((id) => ({ id })) },
		);
		expect(items.map(({ json, pairedItem }) => [json.fileName, pairedItem])).toEqual([
			['Goal.mp4', { item: 0 }],
			['Save.mp4', { item: 1 }],
			['video.mp4', { item: 2 }],
		]);
		expect(harness.emulator.leaks).toEqual([]);
	});

	it('returns links to an AI agent', async () => {
		const contentId = addVideo();
		const parameters = { resource: 'video', operation: 'download', contentId: locator("={{ $fromAI('id', 'ID') }}") };
		const { answer } = await harness.engine.callTool(parameters, harness.credential, { id: contentId });
		expect(JSON.parse(answer)).toEqual([
			{
				contentId,
				title: 'Goal',
				duration: 12,
				playbackUrl: expect.stringContaining('.m3u8'),
				mp4Url: null,
				embedUrl: expect.stringContaining(contentId),
				thumbnailUrl: expect.stringContaining('.png'),
				note: expect.stringContaining('An AI tool cannot return a file'),
			},
		]);
		expect(requested(/^\/hls/)).toEqual([]);
	});
});

describe('Download with faults of the host', () => {
	it.each(['segmentMissing', 'segmentUnavailable', 'segmentReset', 'segmentCut', 'segmentEmpty'] as const)(
		'survives %s',
		async (name) => {
			harness.emulator.failNextMedia({ ...cdnFaults[name], times: 2 });
			expect(await readClock(await fileOf(await download(addVideo())))).toEqual(shownBy(SECONDS));
		},
	);

	it.each<[keyof typeof cdnFaults, Partial<MediaOptions>, string, RegExp]>([
		['playbackUnauthorized', {}, 'The playlist could not be downloaded: HTTP 401', /signed playback/],
		['playbackForbidden', {}, 'The playlist could not be downloaded: HTTP 403', /signed playback/],
		['playlistMissing', {}, 'The playlist could not be downloaded: HTTP 404', /not be complete yet/],
		['playlistIsPage', {}, 'The playback URL does not lead to an HLS playlist, but to a web page', /dashboard/],
		['playlistEndless', {}, 'The playlist is larger than the limit', /FFmpeg/],
		['playlistGarbled', {}, 'The playlist is invalid: a segment has no duration', /dashboard/],
		['keyMissing', { encryption: 'aes128' }, 'The key of the video could not be downloaded: HTTP 404', /later/],
		['segmentMissing', {}, 'Segment 2 of 2 could not be downloaded: HTTP 404', /later/],
		['segmentMissing', { tracks: 'apart' }, 'Segment 3 of 4 could not be downloaded: HTTP 404', /later/],
		['segmentIsPage', {}, 'Segment 2 of 2 could not be downloaded: it is a web page', /proxy/],
		['segmentEmpty', {}, 'Segment 2 of 2 could not be downloaded: it is empty', /proxy/],
		['segmentReset', {}, 'Segment 2 of 2 could not be downloaded: the connection was interrupted', /proxy/],
		['segmentCut', {}, 'Segment 2 of 2 could not be downloaded: the connection was interrupted', /proxy/],
		['segmentUnavailable', {}, 'Segment 2 of 2 could not be downloaded: HTTP 503', /Run the node again later/],
	])('fails if there is %s for good', async (name, media, message, advice) => {
		harness.emulator.failNextMedia({ ...cdnFaults[name], times: Infinity });
		const { error, items } = await download(addVideo(media));
		expect(error).toMatchObject({ name: 'NodeApiError', message, context: { itemIndex: 0 } });
		expect(error?.description).toMatch(advice);
		expect(items).toEqual([]);
	});

	it.each<[string, Partial<MediaOptions>, INodeParameters, string, RegExp]>([
		['DRM', { encryption: 'drm' }, {}, 'The video is protected (SAMPLE-AES, com.apple.streamingkeydelivery)', /DRM/],
		['signed playback', { isSigned: true }, {}, 'The playlist could not be downloaded: HTTP 403', /signed playback/],
		['no sound', { tracks: 'videoOnly' }, { format: 'audio' }, 'The video has no sound', /MP4 Video/],
		['a file that is too large', {}, { options: { maxSize: 1 } }, 'The file is larger than 1 MB', /Max Height/],
		['an MP4 that is too large', { mp4Field: 'x' }, { options: { maxSize: 1 } }, 'The file is larger than 1 MB', /Max/],
	])('fails for %s', async (_name, media, parameters, message, advice) => {
		const { error } = await download(addVideo(media), parameters);
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(error?.description).toMatch(advice);
	});

	it('fails for a video that is processing, failed, without a playlist, or missing', async () => {
		const { emulator } = harness;
		const request = { title: 'Final', content: [{ url: 'https://example.com/final.mp4' }] };
		emulator.options.readyAfterMs = 1e9;
		const processing = emulator.addVideo({ title: 'Final', request }).contentId;
		expect((await download(processing)).error).toMatchObject({
			message: `The video "Final" (${processing}) is still processing`,
			description: expect.stringContaining('Turn on Wait Until Ready'),
		});
		expect((await download(processing, { waitUntilReady: true, options: { timeout: '1m' } })).error).toMatchObject({
			message: `The video "Final" (${processing}) is not ready after 60 seconds`,
		});
		emulator.failContent(({ title }) => title === 'Final');
		emulator.options.readyAfterMs = 0;
		expect((await download(processing)).error).toMatchObject({
			message: `Videograph could not create the video "Final" (${processing})`,
		});
		emulator.options.playbackUrlInDetails = false;
		emulator.options.playbackUrl = 404;
		const hidden = addVideo();
		expect((await download(hidden)).error).toMatchObject({
			message: `The video "Goal" (${hidden}) has no playback URL`,
		});
		expect((await download('unknown')).error?.description).toContain('Check Video');
	});

	it('fails for a live stream: its playlist has no end', async () => {
		const { emulator, stream } = harness;
		const answer = (real: object) => {
			const { body } = real as { body: { data: object } };
			const playbackUrl = `${emulator.url}/hls/${stream.streamUUID}/master.m3u8`;
			return { ...real, status: 200, body: { ...body, data: { ...body.data, playbackUrl } } };
		};
		emulator.failNext({ method: 'GET', path: /^\/contents/, answer });
		const { error } = await download(addVideo());
		expect(error).toMatchObject({
			message: 'The recording is still growing: its playlist has no end',
			description: expect.stringContaining('create a clip of it'),
		});
	});

	it.each([
		['options.maxSize', -1, 'Max Size (MB): must be a number of 0 or more'],
		['options.maxSize', 'large', 'Max Size (MB): must be a number of 0 or more'],
		['options.maxHeight', '17', 'Max Height: "17" is not a valid option'],
		['format', 'gif', 'Format: "gif" is not a valid option'],
	])('refuses %s %j before any request', async (path, value, message) => {
		const [collection = '', option] = path.split('.');
		const parameters = { [collection]: option === undefined ? value : { [option]: value } };
		const { error } = await download('x', parameters);
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(harness.emulator.requests).toEqual([]);
	});
});
