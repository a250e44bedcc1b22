import { START, testApi } from './api';

const api = testApi();
const { send } = api;

const request = {
	title: 'Derby',
	region: 'us-east-1',
	record: true,
	description: 'The big one',
	dvrDurationInMins: 30,
	tags: ['sport'],
	metadata: [{ key: 'league', value: 'first' }],
	playback_policy: ['public'],
	recordings_playback_policy: ['signed'],
};

/** Creates a stream. @returns its path */
async function create(): Promise<string> {
	const { data } = await send('POST', '/livestreams', request);
	return `/livestreams/${(data as { streamUUID: string }).streamUUID}`;
}

const status = async (path: string) => ((await send('GET', path)).data as { status: string }).status;

describe('emulator: create a live stream', () => {
	it('returns what a broadcaster needs', async () => {
		const { status: code, data } = await send('POST', '/livestreams', request);
		const [stream] = api.emulator.streams;
		expect(code).toBe(201);
		expect(data).toMatchObject({
			streamUUID: stream?.streamUUID,
			streamKey: expect.any(String),
			ingestUrl: expect.stringMatching(/^rtmp:/),
			rtmpsUrl: expect.stringMatching(/^rtmps:/),
			playbackUrl: expect.stringMatching(/\.m3u8$/),
			status: 'Idle',
			title: 'Derby',
			metadata: request.metadata,
			createdOn: START,
		});
		expect(stream).toMatchObject(request);
	});

	it('can return 200, and the older name of the URL', async () => {
		Object.assign(api.emulator.options, { createStatus: 200, ingestName: 'rtmpUrl' });
		const { status: code, data } = await send('POST', '/livestreams', request);
		expect(code).toBe(200);
		expect(data).toHaveProperty('rtmpUrl');
		expect(data).not.toHaveProperty('ingestUrl');
	});

	it.each([
		['no region', { region: undefined }, 'region is missing'],
		['no recording setting', { record: undefined }, 'record is missing'],
		[
			'an unknown policy',
			{ playback_policy: ['secret'] },
			'playback_policy.0 must be equal to one of the allowed values',
		],
		['a field of another call', { startTime: 1 }, 'unknown field startTime'],
	])('refuses %s', async (_name, changes, message) => {
		expect(await send('POST', '/livestreams', { ...request, ...changes })).toMatchObject({
			status: 400,
			body: { message },
		});
		expect(api.emulator.streams).toEqual([]);
	});
});

describe('emulator: update a live stream', () => {
	it('clears omitted fields', async () => {
		const path = await create();
		expect((await send('PUT', path, { title: 'Cup', tags: ['cup'] })).status).toBe(200);
		expect((await send('GET', path)).data).toMatchObject({ title: 'Cup', description: '', metadata: [] });
		expect(api.emulator.streams[0]).toMatchObject({ tags: ['cup'], dvrDurationInMins: undefined, region: 'us-east-1' });
	});

	it('can retain omitted fields', async () => {
		api.emulator.options.putReplaces = false;
		const path = await create();
		await send('PUT', path, { title: 'Cup' });
		expect(api.emulator.streams[0]).toMatchObject({ ...request, title: 'Cup' });
	});

	it('requires a title, and refuses read-only fields', async () => {
		const path = await create();
		expect(await send('PUT', path, { description: '' })).toMatchObject({ body: { message: 'title is missing' } });
		expect(await send('PUT', path, { title: 'Cup', record: false })).toMatchObject({
			body: { message: 'unknown field record' },
		});
		expect((await send('PUT', '/livestreams/x', { title: 'Cup' })).status).toBe(404);
	});

	it('can return an empty object', async () => {
		api.emulator.options.doneAnswer = 'bare';
		expect(await send('PUT', await create(), { title: 'Cup' })).toMatchObject({ status: 200, body: {} });
	});
});

describe('emulator: get a live stream', () => {
	it('returns tags and DVR only if configured', async () => {
		const path = await create();
		const seen = (await send('GET', path)).data;
		expect(seen).not.toHaveProperty('tags');
		expect(seen).not.toHaveProperty('dvrDurationInMins');
		api.emulator.options.streamDetails = 'full';
		expect((await send('GET', path)).data).toMatchObject({ tags: ['sport'], dvrDurationInMins: 30 });
	});
});

describe('emulator: delete a live stream', () => {
	it('removes it', async () => {
		const path = await create();
		expect((await send('DELETE', path)).data).toEqual({ status: 'Deleting' });
		expect((await send('GET', path)).status).toBe(404);
		expect((await send('DELETE', path)).status).toBe(404);
		expect(api.emulator.streams).toEqual([]);
	});

	it('can still return it for a while', async () => {
		api.emulator.options.deletingForMs = 5000;
		const path = await create();
		await send('DELETE', path);
		expect(await status(path)).toBe('Deleting');
		expect((await send('GET', '/livestreams?record=true')).data).toMatchObject([{ status: 'Deleting' }]);
		api.now += 5000;
		expect((await send('GET', path)).status).toBe(404);
		expect((await send('GET', '/livestreams?record=true')).data).toEqual([]);
	});
});

describe('emulator: start and stop a live stream', () => {
	it('is not immediate', async () => {
		const path = await create();
		expect((await send('POST', `${path}/start`)).status).toBe(200);
		expect(await status(path)).toMatch(/^Processing/);
		api.now += 1000;
		expect((await send('GET', path)).data).toMatchObject({ status: 'Active', activeSince: START + 1000 });
		await send('POST', `${path}/stop`);
		expect(await status(path)).toMatch(/^Processing/);
		api.now += 1000;
		expect(await status(path)).toBe('Idle');
	});

	it('is idempotent', async () => {
		const path = await create();
		await send('POST', `${path}/stop`);
		expect(await status(path)).toBe('Idle');
		await send('POST', `${path}/start`);
		api.now += 600;
		await send('POST', `${path}/start`);
		api.now += 600;
		expect(await status(path)).toBe('Active');
		await send('POST', `${path}/stop`);
		api.now += 600;
		await send('POST', `${path}/stop`);
		api.now += 600;
		expect(await status(path)).toBe('Idle');
		await send('POST', `${path}/start`);
		api.now += 1000;
		expect(await status(path)).toBe('Active');
	});

	it('can fail, and has the configured status', async () => {
		const path = await create();
		Object.assign(api.emulator.streams[0] ?? {}, { status: 'Failed' });
		expect(await status(path)).toBe('Failed');
	});

	it.each([404, 405] as const)('can be missing with %d', async (startStop) => {
		const path = await create();
		api.emulator.options.startStop = startStop;
		expect((await send('POST', `${path}/start`)).status).toBe(startStop);
		expect((await send('POST', `${path}/stop`)).status).toBe(startStop);
	});
});
