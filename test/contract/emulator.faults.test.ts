import { Readable } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import { basicAuth } from './api';
import { useEmulator } from './emulatorHarness';

const api = useEmulator();

describe('emulator faults', () => {
	it('replace matching responses, as often as configured', async () => {
		const answer = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' };
		api.emulator.failNext({ method: 'GET', path: /^\/contents/, times: 2, answer });
		expect((await api.createClip()).status).toBe(201);
		const { status, headers, body } = await api.send('GET', '/contents');
		expect({ status, body, type: headers.get('content-type') }).toEqual({
			status: 502,
			body: answer.body,
			type: expect.stringContaining('text/html'),
		});
		expect((await api.send('GET', '/contents')).status).toBe(502);
		expect((await api.send('GET', '/contents')).status).toBe(200);
		expect(api.emulator.faults).toEqual([]);
	});

	it('can be a failed envelope with HTTP 200, or an empty response', async () => {
		const body = { status: 'Failed', code: 200, message: 'no' };
		api.emulator.failNext({ answer: { status: 200, body } });
		api.emulator.failNext({ answer: { status: 503 } });
		expect(await api.send('GET', '/contents')).toMatchObject({ status: 200, body });
		expect(await api.send('GET', '/contents')).toMatchObject({ status: 503, body: '' });
	});

	it('do not hide an invalid request', async () => {
		api.emulator.failNext({ answer: { status: 500 } });
		expect((await api.createClip({ title: undefined })).status).toBe(400);
		expect(api.emulator.faults).toHaveLength(1);
	});

	it.each([
		['before', 0],
		['after', 1],
	] as const)('can reset the socket %s the clip is created', async (when, clips) => {
		api.emulator.failNext({ method: 'POST', when, answer: 'reset' });
		await expect(api.createClip()).rejects.toThrow('fetch failed');
		expect(api.emulator.clips).toHaveLength(clips);
		expect(api.emulator.requests).toMatchObject([{ status: 'reset' }]);
	});

	it('can return an error after the clip is created', async () => {
		api.emulator.failNext({ when: 'after', answer: { status: 504 } });
		expect((await api.createClip()).status).toBe(504);
		expect(api.emulator.clips).toHaveLength(1);
	});

	it('can change the real response, once the clip is created', async () => {
		api.emulator.failNext({ answer: (real) => ({ ...real, headers: { 'content-type': 'text/html' }, delayMs: 20 }) });
		const { status, headers, body } = await api.createClip();
		expect({ status, type: headers.get('content-type'), body }).toMatchObject({
			status: 201,
			type: 'text/html',
			body: expect.stringContaining('"Success"'),
		});
		expect(api.emulator.clips).toHaveLength(1);
	});

	it('can cut the connection during a response', async () => {
		api.emulator.failNext({ answer: (real) => ({ ...real, cut: true }) });
		await expect(api.send('GET', '/contents')).rejects.toThrow('terminated');
	});

	it('can stream a response of any length', async () => {
		api.emulator.failNext({ answer: { status: 200, body: Readable.from(['{"a":', '1}']) } });
		expect((await api.send('GET', '/contents')).body).toBe('{"a":1}');
	});

	it('can hang until the emulator is closed', async () => {
		api.emulator.failNext({ answer: 'hang' });
		const closeOnceItHangs = async () => {
			while (api.emulator.requests[0]?.status !== 'hang') await tick();
			await api.emulator.close();
		};
		await Promise.all([expect(api.send('GET', '/contents')).rejects.toThrow('fetch failed'), closeOnceItHangs()]);
	});
});

describe('emulator rate limit', () => {
	it('admits a number of requests per second of its clock', async () => {
		api.emulator.options.rateLimit = { perSecond: 2, retryAfter: 3 };
		const statuses = async () =>
			[await api.send('GET', '/contents'), await api.send('GET', '/contents')].map((r) => r.status);
		expect(await statuses()).toEqual([200, 200]);
		const { status, headers, body } = await api.createClip();
		expect({ status, body, retryAfter: headers.get('retry-after') }).toEqual({
			status: 429,
			body: { code: 429, message: 'Too many requests' },
			retryAfter: '3',
		});
		expect(api.emulator.clips).toEqual([]);
		api.now += 1000;
		expect(await statuses()).toEqual([200, 200]);
	});

	it('counts the requests of each account', async () => {
		api.emulator.options.rateLimit = { perSecond: 1, retryAfter: undefined };
		api.emulator.options.otherAccounts = [{ accessTokenId: 'other', secretKey: 'secret' }];
		const authorization = basicAuth('other:secret');
		const other = async () => (await api.send('GET', '/contents', undefined, { authorization })).status;
		expect((await api.send('GET', '/contents')).status).toBe(200);
		expect([await other(), await other()]).toEqual([200, 429]);
		expect(api.emulator.requests.map(({ account }) => account)).toEqual([
			api.emulator.credentials.accessTokenId,
			'other',
			'other',
		]);
	});

	it('can omit Retry-After', async () => {
		api.emulator.options.rateLimit = { perSecond: 0, retryAfter: undefined };
		const { status, headers } = await api.send('GET', '/contents');
		expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: null });
	});
});
