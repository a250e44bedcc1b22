import { VideographClient } from '../../nodes/Videograph/api/client';
import { VideographError } from '../../nodes/Videograph/api/errors';
import { createSharedRequests } from '../../nodes/Videograph/api/httpClient';
import { RateLimiter } from '../../nodes/Videograph/api/rateLimiter';
import { type Answer, NO_FILES, nodeError, scriptedClient, success } from './transport';

const BUSY: Answer = [503, { code: 503, message: 'Busy' }];
const clip = { title: 'Goal', startTime: 1, endTime: 2 };

afterEach(() => void jest.restoreAllMocks());

/** Lets everything happen that waits for nothing. */
const turns = async () => {
	for (let turn = 0; turn < 100; turn++) await Promise.resolve();
};

type Call = (client: VideographClient) => Promise<unknown>;
/** Every call with an answer that suits it, and what is sent for it. */
const CALLS: Array<[request: string, call: Call, data: unknown, body?: object]> = [
	['GET /livestreams/s%2F1', (client) => client.getLivestream('s/1'), { streamUUID: 's' }],
	['GET /livestreams', (client) => client.listLivestreams(true), []],
	[
		'POST /livestreams',
		(client) => client.createLivestream({ title: 'a', region: 'b', record: true }),
		{ streamUUID: 's' },
		{ title: 'a', region: 'b', record: true },
	],
	['PUT /livestreams/s', (client) => client.updateLivestream('s', { title: 'a' }), {}, { title: 'a' }],
	['DELETE /livestreams/s', (client) => client.deleteLivestream('s'), {}],
	['POST /livestreams/s/start', (client) => client.startLivestream('s'), {}],
	['POST /livestreams/s/stop', (client) => client.stopLivestream('s'), {}],
	['POST /livestreams/s/clips', (client) => client.createClip('s', clip), {}, clip],
	['GET /livestreams/s/clips', (client) => client.listClips('s'), []],
	['POST /contents/c/clips', (client) => client.createVideoClip('c', clip as never), {}, clip],
	['GET /contents/c/clips', (client) => client.listVideoClips('c'), []],
	['GET /contents', (client) => client.listContents(0, 20), []],
	['GET /contents/c', (client) => client.getContent('c'), { contentId: 'c' }],
	['POST /contents', (client) => client.createContent({ title: 'a' } as never), { contentId: 'c' }, { title: 'a' }],
	[
		'POST /contents/adv',
		(client) => client.createContentAdvanced({ title: 'a' } as never),
		{ contentId: 'c' },
		{ title: 'a' },
	],
	['PUT /contents/c', (client) => client.updateContent('c', { title: 'a' }), {}, { title: 'a' }],
	['DELETE /contents/c', (client) => client.deleteContent('c'), {}],
	['GET /contents/c/playback_url', (client) => client.getPlaybackUrl('c'), 'https://play'],
	['POST /contents/c/thumbnails', (client) => client.createThumbnail('c', { width: 1 } as never), {}, { width: 1 }],
	['POST /contents/c/subtitles', (client) => client.createSubtitle('c', { name: 'a' } as never), {}, { name: 'a' }],
	['GET /contents/c/subtitles', (client) => client.listSubtitles('c'), []],
	['DELETE /contents/c/subtitles/t', (client) => client.deleteSubtitle('c', 't'), {}],
	['POST /uploads', (client) => client.createUpload('a.mp4'), { url: 'https://put' }, { file_name: 'a.mp4' }],
	['POST /signing-keys', (client) => client.createSigningKey({ productTypeId: 1 } as never), {}, { productTypeId: 1 }],
];

describe('API client', () => {
	it.each(CALLS)(
		'sends %s, with a timeout of 30 seconds and without following redirects',
		async (request, call, data, ...[body]) => {
			const { client, sent } = scriptedClient([success(data)]);
			await call(client);
			const [method, path] = request.split(' ');
			expect(sent).toEqual([
				expect.objectContaining({
					method,
					url: `https://api.test/video/services/api/v1${path}`,
					json: true,
					timeout: 30_000,
					disableFollowRedirect: true,
				}),
			]);
			expect(sent[0]?.body).toEqual(body);
		},
	);

	it.each(CALLS)('returns the response to %s, or the rejection of the API', async (request, call, data) => {
		const gone = scriptedClient([[422, { message: 'No' }]]);
		const refusal = await call(gone.client).catch((error: unknown) => ({ error, thrown: true }));
		expect(refusal).toMatchObject({ error: { message: 'No', details: { status: 422 } } });
		expect(gone.sent).toHaveLength(1);
		const answer = await call(scriptedClient([success(data)]).client);
		const isSilent = request.startsWith('DELETE') || /st(art|op)$/.test(request);
		const isDecoded = typeof answer === 'object' && answer !== null && 'raw' in answer;
		expect(isDecoded ? answer.raw : answer).toEqual(isSilent ? undefined : data);
	});

	it('sends list parameters only if there are any', async () => {
		const { client, sent } = scriptedClient([success([])]);
		await client.listContents(40, 20);
		await client.listLivestreams(false);
		await client.listClips('s');
		expect(sent.map(({ qs }) => qs as unknown)).toEqual([{ start: 40, limit: 20 }, { record: false }, undefined]);
		expect(sent.some((options) => 'body' in options || ('qs' in options && options.qs === undefined))).toBe(false);
	});

	it.each<[string, Call]>([
		['a stream', (client) => client.findLivestream('s')],
		['a video', (client) => client.findContent('c')],
		['the clips of a stream', (client) => client.listClips('s')],
		['the clips of a video', (client) => client.listVideoClips('c')],
		['the subtitles of a video', (client) => client.listSubtitles('c')],
	])('returns undefined for HTTP 404 and 405: %s', async (_, call) => {
		expect(await call(scriptedClient([[404]]).client)).toBeUndefined();
		expect(await call(scriptedClient([[405]]).client)).toBeUndefined();
		await expect(call(scriptedClient([[403]]).client)).rejects.toMatchObject({ details: { status: 403 } });
		await expect(call(scriptedClient(['ENOTFOUND'], { stopAfter: 0 }).client)).rejects.toThrow('host name is unknown');
	});

	it('returns no playlist URL if the response has none', async () => {
		const answers: Answer[] = [...['', null, 5, {}].map(success), [404], [405]];
		for (const answer of answers) expect(await scriptedClient([answer]).client.getPlaybackUrl('c')).toBeNull();
	});

	it('skips list items without an ID, and rejects a response that is not a list', async () => {
		const entries = [{ clipUUID: 'a' }, { clipUUID: '' }, { clipUUID: 5 }, {}, null, 'a', [], { clipUUID: 'b' }];
		expect(await scriptedClient([success(entries)]).client.listClips('s')).toMatchObject([
			{ clipId: 'a' },
			{ clipId: 'b' },
		]);
		await expect(scriptedClient([success({})]).client.listClips('s')).rejects.toThrow('the list is missing');
	});

	it.each([{}, { contentId: '' }, { contentId: 5 }, [], null, undefined])('rejects %p as a video', async (data) => {
		await expect(scriptedClient([success(data)]).client.getContent('c')).rejects.toThrow('contentId is missing');
	});

	it.each(['text', [], null, undefined])('accepts %p as an empty response', async (data) => {
		expect(await scriptedClient([success(data)]).client.updateContent('c', { title: 'New' })).toEqual({});
		expect(await scriptedClient([success(data)]).client.createClip('s', clip)).toEqual({
			clipId: null,
			contentId: null,
			raw: {},
		});
	});

	it('reports an unknown outcome if a response has no ID', async () => {
		const { client } = scriptedClient([success({})]);
		await expect(client.createContent({} as never)).rejects.toMatchObject({
			message: expect.stringContaining('contentId'),
			details: { kind: 'outcomeUnknown' },
		});
	});
});

describe('failed request', () => {
	it.each<[string, Answer, Call, number]>([
		['a read, after a server error', BUSY, (client) => client.getContent('c'), 4],
		['an update, after a lost response', 'ECONNRESET', (client) => client.updateContent('c', { title: 'New' }), 4],
		['a start, after a lost response', 'ECONNRESET', (client) => client.startLivestream('c'), 4],
		['a deletion that was not sent', 'ECONNREFUSED', (client) => client.deleteContent('c'), 4],
		['a creation that was not sent', 'ECONNREFUSED', (client) => client.createClip('s', clip), 4],
		['a creation, after a rate limit, for 60 seconds', [429], (client) => client.createClip('s', clip), 7],
		['a creation, after a server error', BUSY, (client) => client.createClip('s', clip), 1],
		['a creation, after a lost response', 'ECONNRESET', (client) => client.createClip('s', clip), 1],
		['a rejected read', [401], (client) => client.getContent('c'), 1],
	])('is retried up to its limit: %s', async (_, answer, call, times) => {
		const { client, sent } = scriptedClient([answer]);
		await call(client).catch(() => undefined);
		expect(sent).toHaveLength(times);
	});

	it('reports whether the outcome is unknown', async () => {
		const kindOf = async (answer: Answer) =>
			await scriptedClient([answer])
				.client.createClip('s', clip)
				.catch((error: unknown) => error instanceof VideographError && error.details.kind);
		expect(await kindOf(BUSY)).toBe('outcomeUnknown');
		expect(await kindOf('ECONNRESET')).toBe('outcomeUnknown');
		expect(await kindOf('ECONNREFUSED')).toBe('notSent');
		expect(await kindOf([429])).toBe('rateLimited');
		expect(await kindOf([400])).toBe('rejected');
	});

	it('succeeds after a retry', async () => {
		const { client, sent, pauses } = scriptedClient([BUSY, 'ECONNRESET', success({ contentId: 'c' })]);
		expect(await client.getContent('c')).toMatchObject({ id: 'c', raw: { contentId: 'c' } });
		expect(sent).toHaveLength(3);
		expect(pauses).toHaveLength(2);
	});

	it('waits for the Retry-After time', async () => {
		const { client, pauses } = scriptedClient([
			[429, {}, { 'retry-after': '5' }],
			[503, {}, { 'retry-after': '7' }],
			success({ contentId: 'c' }),
		]);
		await client.getContent('c');
		expect(pauses).toEqual([5000, 7000]);
	});

	it('delays other requests only after a rate limit', async () => {
		const waits = async (failure: Answer) => {
			let release: () => unknown = () => undefined;
			const firstPause = new Promise<boolean>((resolve) => (release = () => resolve(true)));
			let sent = 0;
			const send = () => {
				const [statusCode, body, headers = {}] =
					sent++ === 0 ? (failure as [number, object, Record<string, string>]) : [200, { data: { contentId: 'c' } }];
				return Promise.resolve({ statusCode, headers, body });
			};
			jest.spyOn(Date, 'now').mockReturnValue(0);
			const delay = () => firstPause;
			const client = new VideographClient(
				'https://api.test',
				{ send, download: send, upload: send, ...NO_FILES },
				{ delay, maxRateLimitWaitMs: 150_000, shared: createSharedRequests(new RateLimiter(delay)) },
			);
			const first = client.getContent('c');
			await turns();
			const second = client.getContent('c');
			await turns();
			const sentWhileClosed = sent;
			jest.spyOn(Date, 'now').mockReturnValue(120_000);
			release();
			await Promise.all([first, second]);
			return sentWhileClosed === 1;
		};
		expect(await waits([429, {}, { 'retry-after': '5' }])).toBe(true);
		expect(await waits([429, {}])).toBe(true);
		expect(await waits([503, {}, { 'retry-after': '5' }])).toBe(false);
		expect(await waits([503, {}])).toBe(false);
	});

	it('is not sent while Retry-After exceeds Max Rate Limit Wait', async () => {
		const { client, sent, pauses, advance } = scriptedClient([
			[429, {}, { 'retry-after': '90' }],
			success({ contentId: 'c' }),
		]);
		await expect(client.createClip('s', clip)).rejects.toThrow(VideographError);
		const request = client.createClip('s', clip);
		await expect(request).rejects.toMatchObject({ details: { kind: 'notSent' } });
		expect(await nodeError(request)).toMatchObject({
			message: 'Videograph is rate limiting requests for 90 seconds',
			description: expect.stringMatching(/POST \/livestreams\/s\/clips was not sent/),
			failure: { cause: 'rate-limited', retryAfterMs: 90_000 },
		});
		expect([sent.length, pauses]).toEqual([1, []]);
		// The rest of the wait is within the limit.
		advance(30_000);
		await client.getContent('c');
		expect([sent.length, pauses]).toEqual([2, [60_000]]);
	});

	it('is not delayed longer than Max Rate Limit Wait', async () => {
		const { client, sent } = scriptedClient([[429, {}, { 'retry-after': '5' }]], { maxRateLimitWaitMs: 4999 });
		await expect(client.getContent('c')).rejects.toMatchObject({ details: { status: 429, retryAfterMs: 5000 } });
		expect(sent).toHaveLength(1);
	});

	it('is not retried after the execution is stopped', async () => {
		const { client, sent } = scriptedClient([BUSY], { stopAfter: 0 });
		await expect(client.getContent('c')).rejects.toMatchObject({ details: { status: 503 } });
		expect(sent).toHaveLength(1);
	});

	it('reports that the execution was stopped while the gate was closed', async () => {
		const { client, sent } = scriptedClient([[429, {}, { 'retry-after': '5' }]], { stopAfter: 0 });
		await expect(client.createClip('s', clip)).rejects.toThrow(VideographError);
		// Nobody has slept on: the clock goes back to where the gate is closed.
		jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23));
		const request = client.createClip('s', clip);
		await expect(request).rejects.toMatchObject({ details: { kind: 'notSent' } });
		expect(await nodeError(request)).toMatchObject({
			message: 'The execution was canceled',
			description: 'The execution was stopped before this request. (POST /livestreams/s/clips was not sent)',
		});
		expect(sent).toHaveLength(1);
	});

	it('is not retried by a client without retries', async () => {
		let sent = 0;
		const send = () => {
			sent++;
			return Promise.resolve({ statusCode: 503, headers: {}, body: {} });
		};
		const client = new VideographClient('https://api.test', { send, download: send, upload: send, ...NO_FILES });
		await expect(client.getContent('c')).rejects.toMatchObject({ details: { status: 503 } });
		expect(sent).toBe(1);
	});
});

describe('idempotent request', () => {
	it('accepts HTTP 404 only for a deletion that may have been received', async () => {
		await scriptedClient([BUSY, [404]]).client.deleteContent('c');
		await scriptedClient(['ECONNRESET', 'ECONNREFUSED', [404]]).client.deleteContent('c');
		await expect(scriptedClient([[404]]).client.deleteContent('c')).rejects.toMatchObject({ details: { status: 404 } });
		await expect(scriptedClient([[429], [404]]).client.deleteContent('c')).rejects.toMatchObject({
			details: { status: 404 },
		});
		await expect(scriptedClient([BUSY, [403]]).client.deleteContent('c')).rejects.toMatchObject({
			details: { status: 403 },
		});
		await expect(scriptedClient([BUSY, [404]]).client.updateContent('c', { title: 'New' })).rejects.toMatchObject({
			details: { status: 404 },
		});
	});
});

describe('download', () => {
	it('returns text only', async () => {
		const from = (download: () => Promise<unknown>) =>
			scriptedClient([], { more: { download } }).client.download('https://play/a');
		expect(await from(() => Promise.resolve('#EXTM3U'))).toBe('#EXTM3U');
		await expect(from(() => Promise.resolve(undefined))).rejects.toThrow('the text is missing');
		const lost = () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
		await expect(from(lost)).rejects.toThrow('No response from Videograph: the connection was interrupted');
	});
});
