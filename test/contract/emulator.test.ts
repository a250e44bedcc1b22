import { success } from '../emulator/answer';
import { routes } from '../emulator/routes';
import { basicAuth, START } from './api';
import { clip, useEmulator } from './emulatorHarness';
import { basePath } from './openapi';

const api = useEmulator();

describe('emulator credentials', () => {
	it.each([
		['a wrong secret', () => basicAuth(`${api.emulator.credentials.accessTokenId}:wrong`)],
		['an empty pair', () => basicAuth(':')],
		['another scheme', () => `Bearer ${api.emulator.credentials.secretKey}`],
		['nothing', () => ''],
	])('refuse %s', async (_name, authorization) => {
		const { status, body } = await api.send('GET', '/contents', undefined, { authorization: authorization() });
		expect({ status, body }).toEqual({ status: 401, body: { code: 401, message: 'Unauthorized' } });
	});

	it('are never logged', async () => {
		await api.send('GET', '/contents?limit=5');
		await api.createClip({}, { ...api.stream, streamUUID: 'unknown' });
		const { secretKey, accessTokenId } = api.emulator.credentials;
		expect(api.emulator.requests).toEqual([
			{
				method: 'GET',
				path: '/contents',
				query: { limit: '5' },
				body: undefined,
				account: accessTokenId,
				status: 200,
				at: START,
			},
			{
				method: 'POST',
				path: '/livestreams/unknown/clips',
				query: {},
				body: clip(),
				account: accessTokenId,
				status: 404,
				at: START,
			},
		]);
		expect(JSON.stringify(api.emulator.requests)).not.toContain(basicAuth(`${accessTokenId}:${secretKey}`).slice(6));
	});
});

describe('emulator request validation', () => {
	it.each([
		['an unknown field', { startTimeInSecs: 1 }, 'unknown field startTimeInSecs'],
		['milliseconds', { startTime: START }, 'startTime must be <= 9999999999: it is epoch seconds, not milliseconds'],
		['a missing title', { title: undefined }, 'title is missing'],
		['a wrong type', { tags: 'sport' }, 'tags must be array, not "sport"'],
	])('refuses %s', async (_name, changes, message) => {
		const { status, body } = await api.createClip(changes);
		expect({ status, body }).toEqual({ status: 400, body: { code: 400, message } });
		expect(api.emulator.clips).toEqual([]);
	});

	it('refuses bodies that are not JSON or have another content type', async () => {
		const path = `/livestreams/${api.stream.streamUUID}/clips`;
		expect((await api.send('POST', path, '{"title":')).body).toMatchObject({ code: 400 });
		expect((await api.send('POST', path, clip(), { 'content-type': 'text/plain' })).body).toEqual({
			code: 400,
			message: 'The Content-Type of a body must be application/json',
		});
	});

	it('refuses unknown queries, paths and methods', async () => {
		expect((await api.send('GET', '/contents?page=2')).body).toEqual({
			code: 400,
			message: 'unknown query parameter page',
		});
		expect((await api.send('GET', '/videos')).body).toEqual({ code: 404, message: 'there is no path /videos' });
		expect((await api.send('PATCH', '/contents')).body).toEqual({
			code: 405,
			message: '/contents does not take PATCH',
		});
		const outside = await fetch(`${api.emulator.url}/contents`);
		expect(outside.status).toBe(404);
		expect(await outside.json()).toMatchObject({ code: 404, message: expect.stringContaining(basePath) });
	});

	it('puts a status in the error envelope if configured', async () => {
		api.emulator.options.errorStatus = 'Error';
		expect((await api.send('GET', '/contents/x')).body).toEqual({
			status: 'Error',
			code: 404,
			message: 'Content x not found',
		});
	});

	it('notices a response that breaks the contract', async () => {
		const spy = jest.spyOn(routes, 'listContents').mockReturnValue(success([{}], 'Contents'));
		expect((await api.send('GET', '/contents')).status).toBe(500);
		spy.mockRestore();
		expect(api.emulator.contractBreaks.splice(0)).toEqual(['listContents 200: data.0.contentId is missing']);
	});
});

describe('emulator', () => {
	it('records what /echo receives, without credentials', async () => {
		const post = (body: string) => fetch(`${api.emulator.url}/echo`, { method: 'POST', body });
		expect((await post('{"text":"Clip is ready"}')).status).toBe(200);
		await post('plain');
		expect(api.emulator.echoed).toEqual([{ text: 'Clip is ready' }, 'plain']);
		expect(api.emulator.requests).toEqual([]);
	});

	it('retains the newest 1000 requests', async () => {
		await Promise.all(Array.from({ length: 1001 }, () => fetch(`${api.emulator.url}/nowhere`).then((r) => r.text())));
		expect(api.emulator.requests).toHaveLength(1000);
	});
});
