import { Readable } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import { type Emulator, RECORDING_KEPT_MS, startEmulator, type Stream } from '../emulator';
import { success } from '../emulator/answer';
import { addDemoStreams } from '../emulator/demo';
import { routes } from '../emulator/routes';
import { basePath } from './openapi';

const HOUR_MS = 60 * 60 * 1000;
const START = Date.UTC(2026, 0, 10, 15);

let emulator: Emulator;
let stream: Stream;
/** Epoch milliseconds; the emulator's clock moves only when a test moves it. */
let now: number;

beforeEach(async () => {
	now = START;
	emulator = await startEmulator({ now: () => now });
	// Live for an hour.
	stream = emulator.addStream({ title: 'Derby', startedAt: START - HOUR_MS });
});

afterEach(async () => {
	await emulator.close();
	if (emulator.contractBreaks.length) throw new Error(emulator.contractBreaks.join('\n'));
});

interface Reply {
	status: number;
	headers: Headers;
	body: unknown;
}

async function send(
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Reply> {
	const { accessTokenId, secretKey } = emulator.credentials;
	const response = await fetch(`${emulator.url}${basePath}${path}`, {
		method,
		headers: {
			authorization: basic(`${accessTokenId}:${secretKey}`),
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json');
	return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) as unknown : text };
}

function basic(pair: string): string {
	return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** A request for the 30 seconds before the clock's time. */
function clip(changes: Record<string, unknown> = {}) {
	return { title: 'Goal', startTime: START / 1000 - 30, endTime: START / 1000, ...changes };
}

function createClip(changes: Record<string, unknown> = {}, target = stream): Promise<Reply> {
	return send('POST', `/livestreams/${target.streamUUID}/clips`, clip(changes));
}

function listClips(): Promise<Reply> {
	return send('GET', `/livestreams/${stream.streamUUID}/clips`);
}

function getContent(): Promise<Reply> {
	return send('GET', `/contents/${emulator.clips[0]?.contentUUID}`);
}

describe('emulator credentials', () => {
	it.each([
		['a wrong secret', () => basic(`${emulator.credentials.accessTokenId}:wrong`)],
		['an empty pair', () => basic(':')],
		['another scheme', () => `Bearer ${emulator.credentials.secretKey}`],
		['nothing', () => ''],
	])('refuse %s', async (_name, authorization) => {
		const { status, body } = await send('GET', '/contents', undefined, { authorization: authorization() });
		expect({ status, body }).toEqual({ status: 401, body: { code: 401, message: 'Unauthorized' } });
	});

	it('are never logged', async () => {
		await send('GET', '/contents?limit=5');
		await createClip({}, { ...stream, streamUUID: 'unknown' });
		const { secretKey, accessTokenId } = emulator.credentials;
		expect(emulator.requests).toEqual([
			{
				method: 'GET', path: '/contents', query: { limit: '5' }, body: undefined,
				authorized: true, status: 200, at: START,
			},
			{
				method: 'POST', path: '/livestreams/unknown/clips', query: {}, body: clip(),
				authorized: true, status: 404, at: START,
			},
		]);
		expect(JSON.stringify(emulator.requests)).not.toContain(basic(`${accessTokenId}:${secretKey}`).slice(6));
	});
});

describe('emulator request validation', () => {
	it.each([
		['an unknown field', { startTimeInSecs: 1 }, 'unknown field startTimeInSecs'],
		['milliseconds', { startTime: START }, 'startTime must be <= 9999999999: it is epoch seconds, not milliseconds'],
		['a missing title', { title: undefined }, 'title is missing'],
		['a wrong type', { tags: 'sport' }, 'tags must be array, not "sport"'],
	])('refuses %s', async (_name, changes, message) => {
		const { status, body } = await createClip(changes);
		expect({ status, body }).toEqual({ status: 400, body: { code: 400, message } });
		expect(emulator.clips).toEqual([]);
	});

	it('refuses bodies that are not JSON or have another content type', async () => {
		const path = `/livestreams/${stream.streamUUID}/clips`;
		expect((await send('POST', path, '{"title":')).body).toMatchObject({ code: 400 });
		expect((await send('POST', path, clip(), { 'content-type': 'text/plain' })).body)
			.toEqual({ code: 400, message: 'The Content-Type of a body must be application/json' });
	});

	it('refuses unknown queries, paths and methods', async () => {
		expect((await send('GET', '/contents?page=2')).body)
			.toEqual({ code: 400, message: 'unknown query parameter page' });
		expect((await send('GET', '/videos')).body).toEqual({ code: 404, message: 'there is no path /videos' });
		expect((await send('PATCH', '/contents')).body)
			.toEqual({ code: 405, message: '/contents does not take PATCH' });
		const outside = await fetch(`${emulator.url}/contents`);
		expect(outside.status).toBe(404);
		expect(await outside.json()).toMatchObject({ code: 404, message: expect.stringContaining(basePath) });
	});

	it('puts a status in the error envelope if configured', async () => {
		emulator.options.errorStatus = 'Error';
		expect((await send('GET', '/contents/x')).body)
			.toEqual({ status: 'Error', code: 404, message: 'Content x not found' });
	});

	it('notices a response that breaks the contract', async () => {
		const spy = jest.spyOn(routes, 'listContents').mockReturnValue(success([{}], 'Contents'));
		expect((await send('GET', '/contents')).status).toBe(500);
		spy.mockRestore();
		expect(emulator.contractBreaks.splice(0)).toEqual(['listContents 200: data.0.contentId is missing']);
	});
});

describe('emulator live streams', () => {
	it('are listed by whether they are recorded', async () => {
		emulator.addStream({ streamUUID: 's2', title: 'Rehearsal', record: false });
		const thumbnailUrl = expect.any(String);
		expect((await send('GET', '/livestreams?record=true')).body).toMatchObject({
			data: [{ streamUUID: stream.streamUUID, title: 'Derby', status: 'Active', thumbnailUrl }],
		});
		expect((await send('GET', '/livestreams?record=false')).body).toMatchObject({
			data: [{ streamUUID: 's2', title: 'Rehearsal', status: 'Idle', created_at: START }],
		});
		expect((await send('GET', '/livestreams')).body).toEqual({ code: 400, message: 'record is missing' });
	});

	it('have a start time only while they are live', async () => {
		const path = `/livestreams/${stream.streamUUID}`;
		expect((await send('GET', path)).body).toMatchObject({ data: { status: 'Active', activeSince: START - HOUR_MS } });
		stream.endedAt = now;
		const { body } = await send('GET', path);
		expect(body).toMatchObject({ data: { status: 'Idle' } });
		expect(body).not.toHaveProperty('data.activeSince');
	});

	it('of the demo are one live, one not recorded and one expired', async () => {
		const live = addDemoStreams(emulator);
		const [, rehearsal, expired] = emulator.streams;
		expect((await createClip({}, live)).status).toBe(200);
		expect((await createClip({}, rehearsal)).body).toMatchObject({ message: 'The live stream is not recorded' });
		expect((await createClip({}, expired)).body).toMatchObject({ message: 'The recording has expired' });
	});
});

describe('emulator clip rules', () => {
	const second = START / 1000;

	it.each([
		['starts at its end', { startTime: second }, 'startTime must be before endTime'],
		['starts before the recording', { startTime: second - 3601 }, 'The range is outside the recording'],
		['ends in the future', { endTime: second + 1 }, 'The range is outside the recording'],
	])('refuse a clip that %s', async (_name, changes, message) => {
		const { status, body } = await createClip(changes);
		expect(status).toBe(400);
		expect(body).toEqual({ code: 400, message: expect.stringContaining(message) });
	});

	it('refuse a clip of a stream that is unknown, not recorded, or was never live', async () => {
		expect((await createClip({}, { ...stream, streamUUID: 'x' })).body)
			.toEqual({ code: 404, message: 'Live stream x not found' });
		expect((await createClip({}, emulator.addStream({ record: false, startedAt: START - HOUR_MS }))).body)
			.toEqual({ code: 400, message: 'The live stream is not recorded' });
		expect((await createClip({}, emulator.addStream())).body)
			.toEqual({ code: 400, message: 'The live stream has no recording yet' });
	});

	it('refuse a clip outside the recording window, 12 hours after the start', async () => {
		now = START - HOUR_MS + RECORDING_KEPT_MS - 1;
		expect((await createClip()).status).toBe(200);
		now += 1;
		expect((await createClip()).body).toEqual({ code: 400, message: 'The recording has expired' });
	});

	it('allow the whole recording in whole seconds, after the end too', async () => {
		stream.startedAt = START - 1000.5;
		stream.endedAt = START - 0.5;
		now += HOUR_MS;
		expect((await createClip({ startTime: second - 2, endTime: second })).status).toBe(200);
		expect((await createClip({ startTime: second - 2, endTime: second + 1 })).status).toBe(400);
	});
});

describe('emulator response to Create Clip', () => {
	const envelope = { status: 'Success', code: 200, message: 'Successful response' };

	it.each([
		['empty', () => ({ ...envelope, data: {} })],
		['bare', () => ({})],
		['clipUUID', () => ({ ...envelope, data: { clipUUID: emulator.clips[0]?.clipUUID } })],
		['contentId', () => ({
			...envelope,
			data: expect.objectContaining({ contentId: emulator.clips[0]?.contentUUID, status: 'Processing' }),
		})],
	] as const)('can be %s', async (createAnswer, expected) => {
		emulator.options.createAnswer = createAnswer;
		const { status, body } = await createClip();
		expect(status).toBe(200);
		expect(body).toEqual(expected());
		expect(emulator.clips).toHaveLength(1);
	});

	it('can be a 201', async () => {
		emulator.options.createStatus = 201;
		const { status, body } = await createClip();
		expect({ status, body }).toMatchObject({ status: 201, body: { code: 201 } });
	});
});

describe('emulator clip', () => {
	const metadata = [{ key: 'marker', value: 'm1' }];

	it('becomes ready as the clock advances', async () => {
		await createClip({ metadata, tags: ['sport'], description: 'The first' });
		expect((await listClips()).body).toMatchObject({ data: [{ name: 'Goal', status: 'Initializing', statusId: 1 }] });
		const first = (await getContent()).body;
		expect(first).toMatchObject({ data: { status: 'Processing', statusId: 1, metadata } });
		expect(first).not.toHaveProperty('data.playbackUrl');

		now += 1000;
		expect((await listClips()).body).toMatchObject({ data: [{ status: 'Processing', statusId: 1 }] });

		now += 1000;
		const contentUUID = emulator.clips[0]?.contentUUID;
		expect((await listClips()).body).toMatchObject({ data: [{ status: 'Ready', statusId: 3, contentUUID }] });
		expect((await getContent()).body).toMatchObject({
			data: {
				contentId: contentUUID,
				title: 'Goal',
				description: 'The first',
				tags: ['sport'],
				metadata,
				status: 'Ready',
				statusId: 3,
				duration: 30_000,
				created_at: START,
				playbackUrl: expect.stringMatching(/\.m3u8$/),
				thumbnailUrl: expect.any(String),
				liveRecording: { streamUUID: stream.streamUUID, startTime: START - 30_000, endTime: START },
			},
		});
	});

	it('has its content ID in the list when it is ready, or always', async () => {
		await createClip();
		expect((await listClips()).body).not.toHaveProperty(['data', 0, 'contentUUID']);
		emulator.options.contentIdInList = 'always';
		expect((await listClips()).body).toHaveProperty(['data', 0, 'contentUUID'], emulator.clips[0]?.contentUUID);
	});

	it('fails if configured', async () => {
		emulator.failClip(({ title }) => title === 'Bad');
		await createClip({ title: 'Bad' });
		await createClip({ title: 'Good' });
		now += 2000;
		expect((await listClips()).body).toMatchObject({ data: [{ status: 'Failed' }, { status: 'Ready' }] });
		expect((await getContent()).body).toMatchObject({ data: { status: 'Failed' } });
	});

	it.each([404, 405] as const)('cannot be listed if the list returns %d', async (status) => {
		emulator.options.clipList = status;
		const reply = await listClips();
		expect(reply).toMatchObject({ status, body: { code: status } });
	});

	it('is in the list of videos, page by page', async () => {
		for (const title of ['1', '2', '3']) await createClip({ title });
		const page = async (query: string) => (await send('GET', `/contents${query}`)).body;
		expect(await page('')).toMatchObject({ data: [{ title: '1' }, { title: '2' }, { title: '3' }] });
		expect(await page('?start=1&limit=1')).toMatchObject({ data: [{ title: '2' }] });
		expect(await page('?start=3')).toMatchObject({ data: [] });
		emulator.options.ignorePaging = true;
		expect(await page('?start=1&limit=1')).toMatchObject({ data: [{ title: '1' }, { title: '2' }, { title: '3' }] });
	});
});

describe('emulator video', () => {
	const cut = { startTimeInSecs: 60, endTimeInSecs: 90 };
	let contentId: string;

	beforeEach(() => {
		({ contentId } = emulator.addVideo({ title: 'Cup final', durationMs: 5_400_000 }));
	});

	function cutVideo(body: object, id = contentId): Promise<Reply> {
		return send('POST', `/contents/${id}/clips`, body);
	}

	it('is ready, listed, and has no source', async () => {
		const { body } = await send('GET', `/contents/${contentId}`);
		expect(body).toMatchObject({ data: { contentId, title: 'Cup final', status: 'Ready', duration: 5_400_000 } });
		expect(body).not.toHaveProperty('data.liveRecording');
		await createClip();
		expect((await send('GET', '/contents')).body)
			.toMatchObject({ data: [{ title: 'Cup final' }, { title: 'Goal', liveRecording: {} }] });
	});

	it('can be cut into clips, which are returned as videos, listed, and become ready', async () => {
		const { status, body } = await cutVideo({ ...cut, title: 'Save', tags: ['keeper'] });
		expect(status).toBe(200);
		const clipId = emulator.videos[1]?.contentId;
		expect(body).toMatchObject({ data: { contentId: clipId, title: 'Save', tags: ['keeper'], status: 'Processing' } });
		expect((await send('GET', `/contents/${contentId}/clips`)).body)
			.toMatchObject({ data: [{ uuid: clipId, name: 'Save', createdOn: START }] });
		now += 2000;
		expect((await send('GET', `/contents/${clipId}`)).body).toMatchObject({ data: { status: 'Ready', duration: 30_000 } });
	});

	it('may be a clip of a recording', async () => {
		await createClip();
		const id = emulator.clips[0]?.contentUUID;
		expect((await cutVideo({ startTimeInSecs: 0, endTimeInSecs: 30 }, id)).status).toBe(200);
		expect((await cutVideo({ startTimeInSecs: 0, endTimeInSecs: 31 }, id)).status).toBe(400);
	});

	it.each([
		['ends after it', { ...cut, endTimeInSecs: 5401 }, 'The range is outside the video, which is 5400 seconds long'],
		['starts at its end', { ...cut, startTimeInSecs: 90 }, 'startTimeInSecs must be before endTimeInSecs'],
		['starts before it', { ...cut, startTimeInSecs: -1 }, 'startTimeInSecs must be >= 0'],
		['has Unix times', { ...cut, endTimeInSecs: START / 1000 }, 'endTimeInSecs must be <= 1000000'],
		['has the fields of the other call', { ...cut, startTime: 1 }, 'unknown field startTime'],
	])('refuses a clip that %s', async (_name, body, message) => {
		expect(await cutVideo(body)).toMatchObject({ status: 400, body: { code: 400, message } });
		expect(emulator.videos).toHaveLength(1);
	});

	it('has no clips if it is unknown', async () => {
		expect(await cutVideo(cut, 'x')).toMatchObject({ status: 404, body: { message: 'Content x not found' } });
		expect((await send('GET', '/contents/x/clips')).status).toBe(404);
	});

	it.each([404, 405] as const)('has no list of clips if the list returns %d', async (status) => {
		emulator.options.clipList = status;
		expect((await send('GET', `/contents/${contentId}/clips`)).status).toBe(status);
	});
});

describe('emulator playlist', () => {
	/** The media playlist of the stream's playback URL. */
	async function media(target = stream): Promise<{ status: number; lines: string[] }> {
		const { body } = await send('GET', `/livestreams/${target.streamUUID}`);
		const { playbackUrl } = (body as { data: { playbackUrl: string } }).data;
		const master = await fetch(playbackUrl);
		const variant = (await master.text()).split('\n').find((line) => line !== '' && !line.startsWith('#'));
		if (!master.ok || variant === undefined) return { status: master.status, lines: [] };
		const answer = await fetch(new URL(variant, playbackUrl));
		return { status: answer.status, lines: (await answer.text()).split('\n') };
	}

	const count = (lines: string[], tag: string) => lines.filter((line) => line.startsWith(tag)).length;

	it('has the times of all segments from the start, without credentials', async () => {
		const { status, lines } = await media();
		expect(status).toBe(200);
		expect(lines).toContain('#EXT-X-MEDIA-SEQUENCE:0');
		expect(lines.find((line) => line.startsWith('#EXT-X-PROGRAM')))
			.toBe('#EXT-X-PROGRAM-DATE-TIME:2026-01-10T14:00:00.000Z');
		expect(count(lines, '#EXTINF')).toBe(600);
		expect(lines).not.toContain('#EXT-X-ENDLIST');
		expect(emulator.requests.at(-1)).toMatchObject({ path: `/hls/${stream.streamUUID}/media.m3u8`, authorized: false, status: 200 });
	});

	it('ends with the stream, on a shorter segment', async () => {
		stream.endedAt = START - HOUR_MS + 14_500;
		const { lines } = await media();
		expect(lines.filter((line) => line.startsWith('#EXTINF'))).toEqual(['#EXTINF:6.000,', '#EXTINF:6.000,', '#EXTINF:2.500,']);
		expect(lines).toContain('#EXT-X-ENDLIST');
	});

	it('contains 12 hours at most', async () => {
		now += 14 * HOUR_MS;
		const { lines } = await media();
		expect(count(lines, '#EXTINF')).toBe(7200);
		expect(lines).toContain('#EXT-X-MEDIA-SEQUENCE:1800');
	});

	it('can be without dates, or only the last segments', async () => {
		emulator.options.playlist = 'plain';
		const plain = (await media()).lines;
		expect([count(plain, '#EXTINF'), count(plain, '#EXT-X-PROGRAM-DATE-TIME')]).toEqual([600, 0]);
		emulator.options.playlist = 'sliding';
		const sliding = (await media()).lines;
		expect([count(sliding, '#EXTINF'), count(sliding, '#EXT-X-PROGRAM-DATE-TIME')]).toEqual([5, 5]);
		expect(sliding).toContain('#EXT-X-MEDIA-SEQUENCE:595');
	});

	it('can be missing, and is missing if the stream was never live', async () => {
		expect((await media(emulator.addStream())).status).toBe(404);
		emulator.options.playlist = 'missing';
		expect((await media()).status).toBe(404);
		for (const path of [`${stream.streamUUID}/other.m3u8`, 'x/master.m3u8']) {
			expect((await fetch(`${emulator.url}/hls/${path}`)).status).toBe(404);
		}
	});
});

describe('emulator faults', () => {
	it('replace matching responses, as often as configured', async () => {
		const answer = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' };
		emulator.failNext({ method: 'GET', path: /^\/contents/, times: 2, answer });
		expect((await createClip()).status).toBe(200);
		const { status, headers, body } = await send('GET', '/contents');
		expect({ status, body, type: headers.get('content-type') })
			.toEqual({ status: 502, body: answer.body, type: expect.stringContaining('text/html') });
		expect((await send('GET', '/contents')).status).toBe(502);
		expect((await send('GET', '/contents')).status).toBe(200);
		expect(emulator.faults).toEqual([]);
	});

	it('can be a failed envelope with HTTP 200, or an empty response', async () => {
		const body = { status: 'Failed', code: 200, message: 'no' };
		emulator.failNext({ answer: { status: 200, body } });
		emulator.failNext({ answer: { status: 503 } });
		expect(await send('GET', '/contents')).toMatchObject({ status: 200, body });
		expect(await send('GET', '/contents')).toMatchObject({ status: 503, body: '' });
	});

	it('do not hide an invalid request', async () => {
		emulator.failNext({ answer: { status: 500 } });
		expect((await createClip({ title: undefined })).status).toBe(400);
		expect(emulator.faults).toHaveLength(1);
	});

	it.each([['before', 0], ['after', 1]] as const)('can reset the socket %s the clip is created', async (when, clips) => {
		emulator.failNext({ method: 'POST', when, answer: 'reset' });
		await expect(createClip()).rejects.toThrow('fetch failed');
		expect(emulator.clips).toHaveLength(clips);
		expect(emulator.requests).toMatchObject([{ status: 'reset' }]);
	});

	it('can return an error after the clip is created', async () => {
		emulator.failNext({ when: 'after', answer: { status: 504 } });
		expect((await createClip()).status).toBe(504);
		expect(emulator.clips).toHaveLength(1);
	});

	it('can change the real response, once the clip is created', async () => {
		emulator.failNext({ answer: (real) => ({ ...real, headers: { 'content-type': 'text/html' }, delayMs: 20 }) });
		const { status, headers, body } = await createClip();
		expect({ status, type: headers.get('content-type'), body }).toMatchObject({
			status: 200,
			type: 'text/html',
			body: expect.stringContaining('"Success"'),
		});
		expect(emulator.clips).toHaveLength(1);
	});

	it('can cut the connection during a response', async () => {
		emulator.failNext({ answer: (real) => ({ ...real, cut: true }) });
		await expect(send('GET', '/contents')).rejects.toThrow('terminated');
	});

	it('can stream a response of any length', async () => {
		emulator.failNext({ answer: { status: 200, body: Readable.from(['{"a":', '1}']) } });
		expect((await send('GET', '/contents')).body).toBe('{"a":1}');
	});

	it('can hang until the emulator is closed', async () => {
		emulator.failNext({ answer: 'hang' });
		const closeOnceItHangs = async () => {
			while (emulator.requests[0]?.status !== 'hang') await tick();
			await emulator.close();
		};
		await Promise.all([
			expect(send('GET', '/contents')).rejects.toThrow('fetch failed'),
			closeOnceItHangs(),
		]);
	});
});

describe('emulator rate limit', () => {
	it('admits a number of requests per second of its clock', async () => {
		emulator.options.rateLimit = { perSecond: 2, retryAfter: 3 };
		const statuses = async () => [await send('GET', '/contents'), await send('GET', '/contents')].map((r) => r.status);
		expect(await statuses()).toEqual([200, 200]);
		const { status, headers, body } = await createClip();
		expect({ status, body, retryAfter: headers.get('retry-after') })
			.toEqual({ status: 429, body: { code: 429, message: 'Too many requests' }, retryAfter: '3' });
		expect(emulator.clips).toEqual([]);
		now += 1000;
		expect(await statuses()).toEqual([200, 200]);
	});

	it('can omit Retry-After', async () => {
		emulator.options.rateLimit = { perSecond: 0, retryAfter: undefined };
		const { status, headers } = await send('GET', '/contents');
		expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: null });
	});
});

describe('emulator', () => {
it('records what /echo receives, without credentials', async () => {
	const post = (body: string) => fetch(`${emulator.url}/echo`, { method: 'POST', body });
	expect((await post('{"text":"Clip is ready"}')).status).toBe(200);
	await post('plain');
	expect(emulator.echoed).toEqual([{ text: 'Clip is ready' }, 'plain']);
	expect(emulator.requests).toEqual([]);
});

it('retains the newest 1000 requests', async () => {
	await Promise.all(Array.from({ length: 1001 }, () => fetch(`${emulator.url}/nowhere`).then((r) => r.text())));
	expect(emulator.requests).toHaveLength(1000);
});
});
