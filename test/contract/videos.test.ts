import { testApi } from './api';

const api = testApi();
const { send } = api;

const subtitle = {
	url: 'https://media.example/a.vtt',
	name: 'English',
	language_code: 'en_US',
	support_closed_captions: true,
};
const request = { title: 'Trailer', content: [{ url: 'https://media.example/trailer.mp4' }] };

async function create(changes: object = {}, path = '/contents'): Promise<string> {
	const { data } = await send('POST', path, { ...request, ...changes });
	return `/contents/${(data as { contentId: string }).contentId}`;
}

const get = async (path: string) => (await send('GET', path)).data;

describe('emulator: create a video from a URL', () => {
	it('goes from Pending to Ready', async () => {
		const path = await create({ mp4_support: true, playback_policy: ['signed'], tags: ['a'] });
		expect(await get(path)).toMatchObject({
			status: 'Pending',
			statusId: 1,
			mp4_support: true,
			playback_policy: ['signed'],
		});
		api.now += 700;
		expect(await get(path)).toMatchObject({ status: 'Preparing', statusId: 1 });
		api.now += 700;
		expect(await get(path)).toMatchObject({ status: 'Processing', statusId: 1 });
		api.now += 700;
		expect(await get(path)).toMatchObject({
			status: 'Ready',
			statusId: 3,
			playbackUrl: expect.any(String),
			tags: ['a'],
		});
		expect(await get('/contents')).toMatchObject([{ title: 'Trailer' }]);
	});

	it('fails if configured', async () => {
		api.emulator.failContent(({ title }) => title === 'Trailer');
		const path = await create();
		api.now += 2000;
		expect(await get(path)).toMatchObject({ status: 'Failed' });
	});

	it('accepts subtitles, watermarks and a test of 10 seconds', async () => {
		const watermark = [{ url: 'https://media.example/logo.png', x_pos: '10px', y_pos: '5%', opacity: '70%' }];
		const path = await create({ subtitle: [subtitle], watermark, test_video: true, save_original_copy: false });
		api.now += 2000;
		expect(await get(path)).toMatchObject({ duration: 10_000 });
		expect(await get(`${path}/subtitles`)).toMatchObject([subtitle]);
		expect(api.emulator.videos[0]?.request).toMatchObject({ watermark });
	});

	it.each([
		['no content', { content: undefined }, 'content is missing'],
		['no URL', { content: [{ url: 'trailer.mp4' }] }, 'content.0.url must match format "uri"'],
		[
			'a number for a place',
			{ watermark: [{ url: 'https://a.example/b', x_pos: 10 }] },
			'watermark.0.x_pos must be string, not 10',
		],
	])('refuses %s', async (_name, changes, message) => {
		expect(await send('POST', '/contents', { ...request, ...changes })).toMatchObject({
			status: 400,
			body: { message },
		});
	});
});

describe('emulator: create a video with a cut list', () => {
	const advanced = {
		title: 'Best of',
		video: [{ src: 'https://media.example/a.mp4', layer: 0, settings: { start: 4, end: 6 } }],
		overlay: {
			logo: [{ src: 'https://media.example/logo.png', layer: 1, config: { x: 0, y: 0, w: 9, h: 9 }, start: 0, end: 4 }],
			text: [{ src: 'Hello', layer: 2, fontcolor: 'red', settings: { start: 0, end: 3 } }],
		},
	};

	it.each([200, 201] as const)('has an endpoint of its own, which returns %d', async (createStatus) => {
		api.emulator.options.createStatus = createStatus;
		const { status, data } = await send('POST', '/contents/adv', advanced);
		expect({ status, data }).toMatchObject({ status: createStatus, data: { title: 'Best of', status: 'Pending' } });
		expect(api.emulator.videos[0]?.request).toEqual(advanced);
	});

	it('has no `content`', async () => {
		expect(await send('POST', '/contents/adv', { ...advanced, ...request })).toMatchObject({
			status: 400,
			body: { message: 'unknown field content' },
		});
	});
});

describe('emulator: update and delete a video', () => {
	it('clears omitted fields, or retains them', async () => {
		const path = await create({ description: 'Long', tags: ['a'] });
		await send('PUT', path, { title: 'New', tags: ['b'] });
		expect(await get(path)).toMatchObject({ title: 'New', description: '', tags: ['b'] });
		api.emulator.options.putReplaces = false;
		await send('PUT', path, { title: 'Newer' });
		expect(await get(path)).toMatchObject({ title: 'Newer', tags: ['b'] });
		expect(await send('PUT', path, { tags: [] })).toMatchObject({ body: { message: 'title is missing' } });
	});

	it('deletes it permanently, a clip of a recording too', async () => {
		const path = await create();
		expect((await send('DELETE', path)).status).toBe(200);
		expect((await send('DELETE', path)).status).toBe(404);
		const { streamUUID } = api.emulator.addStream({ startedAt: api.now - 60_000 });
		const endTime = api.now / 1000;
		await send('POST', `/livestreams/${streamUUID}/clips`, { title: 'Goal', startTime: endTime - 9, endTime });
		await send('DELETE', `/contents/${api.emulator.clips[0]?.contentUUID}`);
		expect(await get('/contents')).toEqual([]);
	});
});

describe('emulator: playback URL of a video', () => {
	it('exists once it is ready', async () => {
		const path = await create();
		expect(await get(`${path}/playback_url`)).toBeNull();
		api.now += 2000;
		expect(await get(`${path}/playback_url`)).toMatch(/^http:.*\.m3u8$/);
	});

	it.each([404, 405] as const)('can be missing with %d', async (playbackUrl) => {
		api.emulator.options.playbackUrl = playbackUrl;
		expect((await send('GET', `${await create()}/playback_url`)).status).toBe(playbackUrl);
	});
});

describe('emulator: thumbnails', () => {
	const thumbnail = { videoPositionInSec: 5, width: 640, height: 360 };

	it('become the default', async () => {
		const path = `/contents/${api.emulator.addVideo().contentId}`;
		const before = await get(path);
		expect((await send('POST', `${path}/thumbnails`, thumbnail)).status).toBe(200);
		const after = (await get(path)) as { thumbnailUrl: string };
		expect(after).toMatchObject({ thumbnails: [after.thumbnailUrl] });
		expect(before).not.toMatchObject({ thumbnailUrl: after.thumbnailUrl });
	});

	it.each([
		['after the end', { videoPositionInSec: 3601 }, 'videoPositionInSec is after the end of the video'],
		['without a width', { width: undefined }, 'width is missing'],
		['without a height', { height: 0 }, 'height must be >= 1'],
	])('are refused %s', async (_name, changes, message) => {
		const path = `/contents/${api.emulator.addVideo().contentId}/thumbnails`;
		expect(await send('POST', path, { ...thumbnail, ...changes })).toMatchObject({ status: 400, body: { message } });
	});
});

describe('emulator: subtitles', () => {
	it('are added, replaced by language, listed and deleted', async () => {
		const path = `/contents/${api.emulator.addVideo().contentId}/subtitles`;
		await send('POST', path, subtitle);
		await send('POST', path, { ...subtitle, name: 'Deutsch', language_code: 'de_DE' });
		const { data } = await send('POST', path, { ...subtitle, name: 'American' });
		expect(await get(path)).toMatchObject([
			{ name: 'Deutsch' },
			{ ...subtitle, name: 'American', ...(data as object) },
		]);
		const { uuid } = data as { uuid: string };
		expect((await send('DELETE', `${path}/${uuid}`)).status).toBe(200);
		expect((await send('DELETE', `${path}/${uuid}`)).status).toBe(404);
		expect(await get(path)).toMatchObject([{ name: 'Deutsch' }]);
	});

	it('require every field', async () => {
		const path = `/contents/${api.emulator.addVideo().contentId}/subtitles`;
		expect(await send('POST', path, {})).toMatchObject({
			body: {
				message: 'url is missing; name is missing; language_code is missing; support_closed_captions is missing',
			},
		});
	});

	it.each([404, 405] as const)('can be neither listed nor deleted, with %d', async (subtitleList) => {
		api.emulator.options.subtitleList = subtitleList;
		const path = `/contents/${api.emulator.addVideo().contentId}/subtitles`;
		expect((await send('GET', path)).status).toBe(subtitleList);
		expect((await send('DELETE', `${path}/x`)).status).toBe(subtitleList);
	});
});

describe('emulator: many videos', () => {
	it('are listed page by page, from either end', async () => {
		api.emulator.addVideos(10_000, (index) => ({ title: String(index) }));
		expect(await get('/contents?start=9999&limit=100')).toMatchObject([{ title: '9999' }]);
		expect(await get('/contents?start=10000&limit=100')).toEqual([]);
		api.emulator.options.newestFirst = true;
		expect(await get('/contents?start=1&limit=1')).toMatchObject([{ title: '9998' }]);
		api.emulator.options.ignorePaging = true;
		expect(await get('/contents?start=1&limit=1')).toHaveLength(10_000);
	});
});

describe('emulator: signing key', () => {
	it('is created', async () => {
		const key = { productTypeId: 1, environmentUUID: 'e1' };
		expect((await send('POST', '/signing-keys', key)).data).toMatchObject({ privateKey: expect.any(String) });
		expect(api.emulator.signingKeys).toEqual([key]);
		expect(await send('POST', '/signing-keys', { productTypeId: 1 })).toMatchObject({
			body: { message: 'environmentUUID is missing' },
		});
	});
});
