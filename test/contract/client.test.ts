import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { VideographClient } from '../../nodes/Videograph/api/client';
import { NO_FILES } from '../unit/transport';
import { testApi } from './api';
import { basePath } from './openapi';

const api = testApi();
const stream = { title: 'Derby', region: 'us-east-1', record: true };
const content = { title: 'Trailer', content: [{ url: 'https://media.example/trailer.mp4' }] };
const subtitle = {
	url: 'https://media.example/a.vtt',
	name: 'English',
	language_code: 'en_US',
	support_closed_captions: true,
};

/** A client that retries without delay. The emulator counts its requests. */
function client(): VideographClient {
	return new VideographClient(
		api.emulator.url,
		{
			async send({ method = 'GET', url, body, qs }) {
				const path = new URL(url).pathname.slice(basePath.length);
				const query = qs ? `?${new URLSearchParams(qs as Record<string, string>).toString()}` : '';
				const { status, body: answer } = await api.send(method, `${path}${query}`, body);
				return { statusCode: status, headers: {}, body: answer as IN8nHttpFullResponse['body'] };
			},
			download: async () => await Promise.resolve(''),
			upload: async () => await Promise.resolve({ statusCode: 200, headers: {}, body: '' }),
			...NO_FILES,
		},
		{ delay: async () => await Promise.resolve(true), maxRateLimitWaitMs: 0 },
	);
}

const sent = (method: string) => api.emulator.requests.filter((request) => request.method === method).length;
const unclear = { status: 503, body: { code: 503, message: 'Busy' } };

describe('API client against the emulator', () => {
	it('creates, updates and deletes live streams', async () => {
		const made = await client().createLivestream(stream);
		const [{ streamUUID } = { streamUUID: '' }] = api.emulator.streams;
		expect(made).toMatchObject({ id: streamUUID, status: 'Idle' });
		expect(await client().updateLivestream(streamUUID, { title: 'Cup' })).toEqual({});
		await client().startLivestream(streamUUID);
		api.now += 1000;
		expect(await client().getLivestream(streamUUID)).toMatchObject({ title: 'Cup', status: 'Active' });
		await client().stopLivestream(streamUUID);
		await client().deleteLivestream(streamUUID);
		expect(api.emulator.streams).toEqual([]);
	});

	it('creates, updates and deletes videos with their subtitles and thumbnails', async () => {
		const made = await client().createContent(content);
		const contentId = api.emulator.videos[0]?.contentId ?? '';
		expect(made).toMatchObject({ id: contentId });
		expect(
			await client().createContentAdvanced({ title: 'Cut', video: [{ src: 'https://media.example/a.mp4' }] }),
		).toMatchObject({ title: 'Cut' });
		expect(await client().updateContent(contentId, { title: 'New' })).toEqual({});
		expect(await client().getPlaybackUrl(contentId)).toBeNull();
		api.now += 2000;
		expect(await client().getPlaybackUrl(contentId)).toMatch(/m3u8$/);
		const thumbnail = { videoPositionInSec: 1, width: 2, height: 3 };
		expect(await client().createThumbnail(contentId, thumbnail)).toEqual({});
		expect(await client().createSubtitle(contentId, subtitle)).toMatchObject({
			id: expect.any(String),
			name: 'English',
		});
		const [added] = (await client().listSubtitles(contentId)) ?? [];
		await client().deleteSubtitle(contentId, added?.id ?? '');
		expect(await client().listSubtitles(contentId)).toEqual([]);
		await client().deleteContent(contentId);
		expect(await client().findContent(contentId)).toBeUndefined();
		expect(await client().createUpload('goal.mp4')).toEqual({ url: expect.stringContaining('/storage/') });
		expect(await client().createSigningKey({ productTypeId: 1, environmentUUID: 'e' })).toHaveProperty('privateKey');
	});

	it('accepts empty responses', async () => {
		api.emulator.options.doneAnswer = 'bare';
		const { contentId } = api.emulator.addVideo();
		expect(await client().updateContent(contentId, { title: 'New' })).toEqual({});
		await client().deleteContent(contentId);
		expect(api.emulator.videos).toEqual([]);
	});

	it('works without undocumented endpoints', async () => {
		Object.assign(api.emulator.options, { playbackUrl: 404, subtitleList: 405 });
		const { contentId } = api.emulator.addVideo();
		expect(await client().getPlaybackUrl(contentId)).toBeNull();
		expect(await client().listSubtitles(contentId)).toBeUndefined();
	});
});

describe('API client after an unknown outcome', () => {
	it('retries a PUT, a DELETE and a start, and accepts a 404 after a deletion', async () => {
		const { contentId } = api.emulator.addVideo();
		const { streamUUID } = api.emulator.addStream();
		for (const method of ['PUT', 'POST', 'DELETE']) api.emulator.failNext({ method, when: 'after', answer: unclear });
		await client().updateContent(contentId, { title: 'New' });
		await client().startLivestream(streamUUID);
		await client().deleteContent(contentId);
		expect([sent('PUT'), sent('POST'), sent('DELETE')]).toEqual([2, 2, 2]);
		expect(api.emulator.requests.at(-1)).toMatchObject({ method: 'DELETE', status: 404 });
	});

	it('resends no create request', async () => {
		api.emulator.failNext({ when: 'after', answer: unclear });
		await expect(client().createContent(content)).rejects.toMatchObject({
			details: { kind: 'outcomeUnknown', status: 503 },
		});
		expect(api.emulator.videos).toHaveLength(1);
	});
});

describe('API client errors', () => {
	it('report a missing subject if the first response to a DELETE is a 404', async () => {
		await expect(client().deleteContent('x')).rejects.toMatchObject({ details: { status: 404 } });
	});

	it('report an unknown outcome if a response has no ID', async () => {
		api.emulator.failNext({ when: 'after', answer: { status: 200, body: {} } });
		await expect(client().createLivestream(stream)).rejects.toMatchObject({
			message: expect.stringContaining('streamUUID is missing'),
			details: { kind: 'outcomeUnknown' },
		});
	});
});
