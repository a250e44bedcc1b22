import type { INodeParameters } from 'n8n-workflow';
import type { Video } from '../emulator';
import type { Run } from './engine';
import { locator, useHarness } from './harness';

const harness = useHarness();

const team = { key: 'team', value: 'home' };
const reference = { key: 'n8n_clip_ref', value: 'r1' };
let video: Video;

beforeEach(() => {
	const metadata = [team, reference];
	video = harness.emulator.addVideo({ title: 'Cup final', description: 'Extra time', tags: ['cup'], metadata });
});

const run = async (operation: string, parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run({ resource: 'video', operation, contentId: locator(video.contentId), ...parameters }, options);
const calls = () => harness.emulator.requests.map(({ method, path }) => `${method} ${path}`);
const bodies = (method: string) =>
	harness.emulator.requests.filter((one) => one.method === method).map(({ body }) => body);
const about = () => [video.title, video.description, video.tags, video.metadata];

const subtitle = { url: 'https://example.com/en.vtt', name: 'English', languageCode: 'en_US' };
/** Each operation on one video, with valid parameters. */
const OPERATIONS: Array<[operation: string, parameters: INodeParameters]> = [
	['get', {}],
	['update', { updateFields: { title: 'Final' } }],
	['delete', {}],
	['setThumbnail', {}],
	['addSubtitle', subtitle],
	['getSubtitles', {}],
	['deleteSubtitle', { subtitleId: 'gone' }],
	['getPlaybackUrl', {}],
	['waitUntilReady', {}],
];

describe.each(OPERATIONS)('Video %s', (operation, parameters) => {
	it('reports that the video does not exist', async () => {
		const { error } = await run(operation, { ...parameters, contentId: locator('gone') });
		expect(error).toMatchObject({ httpCode: '404', message: 'Content gone not found', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/^Check Video/);
	});

	it('continues with the other items, each paired with its own', async () => {
		const { url, name, languageCode } = subtitle;
		video.subtitles = [{ uuid: 'gone', url, name, language_code: languageCode, support_closed_captions: false }];
		const input = [{ id: 'gone' }, { id: video.contentId }, { id: '?' }];
		const contentId = locator('={{ $json.id }}');
		const node = { onError: 'continueRegularOutput' } as const;
		const { items } = await run(operation, { ...parameters, contentId }, { input, node });
		expect(items).toMatchObject([
			{ json: { error: 'Content gone not found' }, pairedItem: { item: 0 } },
			{ json: { contentId: video.contentId }, pairedItem: { item: 1 } },
			{ json: { error: 'Video: "?" is not a valid ID' }, pairedItem: { item: 2 } },
		]);
	});

	it.each([
		['no video', locator('={{ "" }}'), 'Video: must not be empty'],
		['an ID that climbs', locator('../x'), 'Video: "../x" is not a valid ID'],
		[
			'a URL without an ID',
			locator('https://example.com/', 'url'),
			'Video: "https://example.com/" does not contain an ID',
		],
	])('rejects %s without a request', async (_name, contentId, message) => {
		const { error } = await run(operation, { ...parameters, contentId });
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Video Get', () => {
	it('returns the video, simplified', async () => {
		const { items } = await run('get');
		expect(items).toEqual([
			{
				json: {
					contentId: video.contentId,
					title: 'Cup final',
					description: 'Extra time',
					status: 'ready',
					duration: 3600,
					createdAt: expect.stringMatching(/^2026-11-23T20:31:/),
					playbackUrl: expect.stringMatching(/^http.*m3u8$/),
					embedUrl: `https://dashboard.videograph.ai/videos/embed?videoId=${video.contentId}`,
					thumbnailUrl: expect.stringMatching(/^http/),
					tags: ['cup'],
					metadata: video.metadata,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(calls()).toEqual([`GET /contents/${video.contentId}`]);
	});

	it('returns the video as the API returns it with Simplify off', async () => {
		expect((await run('get', { simplify: false })).items[0]?.json).toMatchObject({
			status: 'Ready',
			duration: 3_600_000,
		});
	});

	it('accepts the URL of the embed page', async () => {
		const url = `https://dashboard.videograph.ai/videos/embed?videoId=${video.contentId}&autoplay=1`;
		expect((await run('get', { contentId: locator(url, 'url') })).items[0]?.json.contentId).toBe(video.contentId);
	});
});

describe.each([true, false])('Video Update, if the API clears omitted fields: %p', (putReplaces) => {
	beforeEach(() => {
		harness.emulator.options.putReplaces = putReplaces;
	});

	const before = ['Cup final', 'Extra time', ['cup'], [team, reference]];

	it.each([
		['the title', { title: 'Final' }, { 0: 'Final' }],
		['the description', { description: 'Penalties' }, { 1: 'Penalties' }],
		['the tags', { tags: 'final, cup' }, { 2: ['final', 'cup'] }],
		[
			'the metadata',
			{ metadata: { values: [{ key: 'a', value: 'b' }] } },
			{ 3: [{ key: 'a', value: 'b' }, reference] },
		],
		['an emptied description', { description: '' }, { 1: '' }],
		['emptied tags', { tags: '' }, { 2: [] }],
		['the original', { saveOriginalCopy: true }, {}],
	])('changes %s and nothing else', async (_name, updateFields, changed) => {
		const { items, error } = await run('update', { updateFields });
		expect(error).toBeUndefined();
		expect(about()).toEqual(Object.assign([...before], changed));
		const [title, description, tags, metadata] = about();
		expect(items[0]?.json).toMatchObject({
			title,
			description: description === '' ? null : description,
			tags,
			metadata,
		});
		expect(calls()).toEqual([`GET /contents/${video.contentId}`, `PUT /contents/${video.contentId}`]);
	});
});

describe('Video Update', () => {
	it('sends the setting to retain the original only if it is set', async () => {
		await run('update', { updateFields: { saveOriginalCopy: false } });
		await run('update', { updateFields: { title: 'Final' } });
		expect(bodies('PUT')).toEqual([
			expect.objectContaining({ title: 'Cup final', save_original_copy: false }),
			expect.not.objectContaining({ save_original_copy: expect.anything() }),
		]);
	});

	it('retains the changes of another item', async () => {
		const input = [{ tags: 'a' }, { description: 'b' }, { title: 'c' }];
		const updateFields = {
			title: '={{ $json.title }}',
			description: '={{ $json.description }}',
			tags: '={{ $json.tags }}',
		};
		const { error } = await run('update', { updateFields }, { input });
		expect(error).toBeUndefined();
		expect(about().slice(0, 3)).toEqual(['c', 'b', ['a']]);
	});

	it('accepts tags and metadata that are not lists', async () => {
		const spoiled = { tags: 'cup', metadata: { team: 'home' } };
		harness.emulator.failNext({
			method: 'GET',
			answer: (real) => ({ ...real, body: { ...(real.body as object), data: { ...video, ...spoiled } } }),
		});
		const { error } = await run('update', { updateFields: { title: 'Final' } });
		expect(error).toBeUndefined();
		expect(bodies('PUT')).toEqual([{ title: 'Final', description: 'Extra time' }]);
	});

	it.each(['', 5])('asks for a title if the API returns %j', async (title) => {
		harness.emulator.failNext({
			method: 'GET',
			answer: (real) => ({ ...real, body: { ...(real.body as object), data: { ...video, title } } }),
		});
		const { error } = await run('update', { updateFields: { tags: 'cup' } });
		expect(error?.message).toMatch(`does not report the title of the video ${video.contentId}`);
		expect(error?.description).toBe('Add Title to Update Fields.');
		expect(bodies('PUT')).toEqual([]);
	});

	it('returns the raw response too with Simplify off', async () => {
		const parameters = { updateFields: { title: 'Final' }, options: { simplify: false } };
		expect((await run('update', parameters)).items[0]?.json).toMatchObject({ title: 'Final', raw: {} });
	});

	it.each([
		['nothing to change', {}, 'Update Fields: no field was added'],
		['an empty title', { title: '' }, 'Title: must not be empty'],
		[
			'metadata that is none',
			{ metadata: { json: [{ object: '5' }] } },
			'Metadata: 5 is not a set of names and values',
		],
	])('rejects %s without a request', async (_name, updateFields, message) => {
		expect((await run('update', { updateFields })).error).toMatchObject({ message });
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Video Delete', () => {
	it('deletes the video', async () => {
		const { items } = await run('delete');
		expect(items).toEqual([{ json: { deleted: true, contentId: video.contentId }, pairedItem: { item: 0 } }]);
		expect(calls()).toEqual([`DELETE /contents/${video.contentId}`]);
		expect(harness.emulator.videos).toEqual([]);
	});
});

describe('Retry On Fail', () => {
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
	/** At first the second item cannot be deleted. */
	const late = (id: string) =>
		harness.emulator.failNext({
			method: 'DELETE',
			path: new RegExp(id),
			answer: { status: 400, body: { code: 400, message: 'Not now' } },
		});

	it('runs Delete once', async () => {
		const other = harness.emulator.addVideo({ title: 'Semi' });
		const input = [video, other].map(({ contentId }) => ({ id: contentId }));
		late(other.contentId);
		const parameters = { contentId: locator('={{ $json.id }}'), options: { concurrency: 1 } };
		const { items, error } = await run('delete', parameters, { input, node });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.contentId)).toEqual(input.map(({ id }) => id));
		expect(harness.emulator.videos).toEqual([]);
	});

	it('runs Delete Subtitle once', async () => {
		const { url, name, languageCode } = subtitle;
		const input = ['first', 'second'].map((id) => ({ id }));
		video.subtitles = input.map(({ id }) => ({
			uuid: id,
			url,
			name,
			language_code: languageCode,
			support_closed_captions: false,
		}));
		late('second');
		const parameters = { subtitleId: '={{ $json.id }}', options: { concurrency: 1 } };
		const { items, error } = await run('deleteSubtitle', parameters, { input, node });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.subtitleId)).toEqual(['first', 'second']);
		expect(video.subtitles).toEqual([]);
	});
});

describe('Set Thumbnail', () => {
	it.each([
		['1m30s', 90],
		['00:00:12', 12],
		[12.9, 12],
		['0s', 0],
	])('uses the frame at %p', async (position, seconds) => {
		const { items } = await run('setThumbnail', { position, width: 640, height: 360 });
		expect(calls()).toEqual([`POST /contents/${video.contentId}/thumbnails`]);
		expect(bodies('POST')).toEqual([{ videoPositionInSec: seconds, width: 640, height: 360 }]);
		expect(items).toEqual([
			{ json: { contentId: video.contentId, position: seconds, width: 640, height: 360 }, pairedItem: { item: 0 } },
		]);
	});

	it('stops in the words of the API after the end of the video', async () => {
		const { error } = await run('setThumbnail', { position: '2h' });
		expect(error).toMatchObject({ httpCode: '400', message: expect.stringMatching(/after the end/) });
		expect(error?.description).toMatch(/Check Position/);
	});

	it.each([
		['a position that is none', { position: 'middle' }, 'Position: "middle" is not a valid duration'],
		['Unix time', { position: 1795465800 }, 'Position: 1795465800 seconds is Unix time, not an offset'],
		['no width', { width: '={{ 0 }}' }, 'Width: 0 is not a positive whole number'],
		['half a pixel', { height: '={{ 1.5 }}' }, 'Height: 1.5 is not a positive whole number'],
	])('rejects %s without a request', async (_name, parameters, message) => {
		expect((await run('setThumbnail', parameters)).error?.message).toBe(message);
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Subtitles', () => {
	it('are added, listed and deleted', async () => {
		const { items } = await run('addSubtitle', { ...subtitle, closedCaptions: true });
		expect(bodies('POST')).toEqual([
			{ url: subtitle.url, name: 'English', language_code: 'en_US', support_closed_captions: true },
		]);
		const subtitleId = video.subtitles?.[0]?.uuid;
		const json = { contentId: video.contentId, subtitleId, ...subtitle, closedCaptions: true };
		expect(items).toEqual([{ json, pairedItem: { item: 0 } }]);
		expect((await run('getSubtitles')).items).toEqual(items);

		const deleted = await run('deleteSubtitle', { subtitleId });
		expect(deleted.items[0]?.json).toEqual({ deleted: true, contentId: video.contentId, subtitleId });
		expect(video.subtitles).toEqual([]);
		expect((await run('getSubtitles')).items).toEqual([]);
	});

	it('are not added again after a lost response', async () => {
		harness.emulator.failNext({ method: 'POST', when: 'after', answer: 'reset' });
		const { error } = await run('addSubtitle', subtitle);
		expect(error?.description).toMatch(/^The subtitle may have been created/);
		expect(bodies('POST')).toHaveLength(1);
	});

	it('are limited', async () => {
		for (const languageCode of ['en_US', 'de_DE', 'fr_FR']) await run('addSubtitle', { ...subtitle, languageCode });
		expect((await run('getSubtitles', { limit: 2 })).items).toHaveLength(2);
		expect((await run('getSubtitles', { returnAll: true })).items).toHaveLength(3);
		expect((await run('getSubtitles', { simplify: false })).items[0]?.json).toMatchObject({ language_code: 'en_US' });
	});

	it.each([404, 405] as const)('cannot be listed if the API returns %d', async (status) => {
		harness.emulator.options.subtitleList = status;
		expect((await run('getSubtitles')).error?.message).toBe('Videograph no longer lists the subtitles of a video');
	});

	it('report that a subtitle does not exist', async () => {
		const { error } = await run('deleteSubtitle', { subtitleId: 'gone' });
		expect(error).toMatchObject({ httpCode: '404', message: 'Subtitle gone not found' });
		expect(error?.description).toMatch(/Check Video and Subtitle ID/);
	});

	it.each([
		['no URL', 'addSubtitle', { ...subtitle, url: '={{ "" }}' }, 'URL: must not be empty'],
		['no name', 'addSubtitle', { ...subtitle, name: '={{ "" }}' }, 'Name: must not be empty'],
		['no language', 'addSubtitle', { ...subtitle, languageCode: '={{ "" }}' }, 'Language Code: must not be empty'],
		['no subtitle', 'deleteSubtitle', { subtitleId: '={{ "" }}' }, 'Subtitle ID: must not be empty'],
		['an ID that climbs', 'deleteSubtitle', { subtitleId: '../..' }, 'Subtitle ID: "../.." is not a valid ID'],
	])('are rejected with %s, without a request', async (_name, operation, parameters, message) => {
		expect((await run(operation, parameters)).error?.message).toBe(message);
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Get Playback URL', () => {
	it('requests the URL', async () => {
		const { items } = await run('getPlaybackUrl');
		const playbackUrl = expect.stringMatching(/m3u8$/);
		expect(items).toEqual([{ json: { contentId: video.contentId, playbackUrl }, pairedItem: { item: 0 } }]);
		expect(calls()).toEqual([`GET /contents/${video.contentId}/playback_url`]);
	});

	it.each([404, 405] as const)('returns that of the video if there is no such endpoint (%d)', async (status) => {
		harness.emulator.options.playbackUrl = status;
		expect((await run('getPlaybackUrl')).items[0]?.json.playbackUrl).toMatch(/m3u8$/);
	});

	it('returns null while there is none', async () => {
		const { contentId } = harness.emulator.addVideo({ request: { title: 'New' } });
		const { items } = await run('getPlaybackUrl', { contentId: locator(contentId) });
		expect(items[0]?.json).toEqual({ contentId, playbackUrl: null });
	});
});
