import { RECORDING_KEPT_MS } from '../emulator';
import { START } from './api';
import { HOUR_MS, useEmulator } from './emulatorHarness';

const api = useEmulator();

describe('emulator clip rules', () => {
	const second = START / 1000;

	it.each([
		['starts at its end', { startTime: second }, 'startTime must be before endTime'],
		['starts before the recording', { startTime: second - 3601 }, 'The range is outside the recording'],
		['ends in the future', { endTime: second + 1 }, 'The range is outside the recording'],
	])('refuse a clip that %s', async (_name, changes, message) => {
		const { status, body } = await api.createClip(changes);
		expect(status).toBe(400);
		expect(body).toEqual({ code: 400, message: expect.stringContaining(message) });
	});

	it('refuse a clip of a stream that is unknown, not recorded, or was never live', async () => {
		expect((await api.createClip({}, { ...api.stream, streamUUID: 'x' })).body).toEqual({
			code: 404,
			message: 'Live stream x not found',
		});
		expect(
			(await api.createClip({}, api.emulator.addStream({ record: false, startedAt: START - HOUR_MS }))).body,
		).toEqual({ code: 400, message: 'The live stream is not recorded' });
		expect((await api.createClip({}, api.emulator.addStream())).body).toEqual({
			code: 400,
			message: 'The live stream has no recording yet',
		});
	});

	it('refuse a clip outside the recording window, 12 hours after the start', async () => {
		api.now = START - HOUR_MS + RECORDING_KEPT_MS - 1;
		expect((await api.createClip()).status).toBe(201);
		api.now += 1;
		expect((await api.createClip()).body).toEqual({ code: 400, message: 'The recording has expired' });
	});

	it('allow the whole recording in whole seconds, after the end too', async () => {
		api.stream.startedAt = START - 1000.5;
		api.stream.endedAt = START - 0.5;
		api.now += HOUR_MS;
		expect((await api.createClip({ startTime: second - 2, endTime: second })).status).toBe(201);
		expect((await api.createClip({ startTime: second - 2, endTime: second + 1 })).status).toBe(400);
	});
});

describe.each([200, 201] as const)('emulator response %d to Create Clip', (createStatus) => {
	const envelope = { status: 'Success', code: createStatus, message: 'Successful response' };

	it.each([
		['empty', () => ({ ...envelope, data: {} })],
		['bare', () => ({})],
		['clipUUID', () => ({ ...envelope, data: { clipUUID: api.emulator.clips[0]?.clipUUID } })],
		[
			'contentId',
			() => ({
				...envelope,
				data: expect.objectContaining({ contentId: api.emulator.clips[0]?.contentUUID, status: 'Processing' }),
			}),
		],
	] as const)('can be %s', async (createAnswer, expected) => {
		Object.assign(api.emulator.options, { createAnswer, createStatus });
		const { status, body } = await api.createClip();
		expect(status).toBe(createStatus);
		expect(body).toEqual(expected());
		expect(api.emulator.clips).toHaveLength(1);
	});
});

describe('emulator clip', () => {
	const metadata = [{ key: 'marker', value: 'm1' }];

	it('becomes ready as the clock advances', async () => {
		await api.createClip({ metadata, tags: ['sport'], description: 'The first' });
		expect((await api.listClips()).body).toMatchObject({
			data: [{ name: 'Goal', status: 'Initializing', statusId: 1 }],
		});
		const first = (await api.getContent()).body;
		expect(first).toMatchObject({ data: { status: 'Processing', statusId: 1, metadata } });
		expect(first).not.toHaveProperty('data.playbackUrl');

		api.now += 1000;
		expect((await api.listClips()).body).toMatchObject({ data: [{ status: 'Processing', statusId: 1 }] });

		api.now += 1000;
		const contentUUID = api.emulator.clips[0]?.contentUUID;
		expect((await api.listClips()).body).toMatchObject({ data: [{ status: 'Ready', statusId: 3, contentUUID }] });
		expect((await api.getContent()).body).toMatchObject({
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
				liveRecording: { streamUUID: api.stream.streamUUID, startTime: START - 30_000, endTime: START },
			},
		});
	});

	it('has its content ID in the list when it is ready, or always', async () => {
		await api.createClip();
		expect((await api.listClips()).body).not.toHaveProperty(['data', 0, 'contentUUID']);
		api.emulator.options.contentIdInList = 'always';
		expect((await api.listClips()).body).toHaveProperty(['data', 0, 'contentUUID'], api.emulator.clips[0]?.contentUUID);
	});

	it('fails if configured', async () => {
		api.emulator.failClip(({ title }) => title === 'Bad');
		await api.createClip({ title: 'Bad' });
		await api.createClip({ title: 'Good' });
		api.now += 2000;
		expect((await api.listClips()).body).toMatchObject({ data: [{ status: 'Failed' }, { status: 'Ready' }] });
		expect((await api.getContent()).body).toMatchObject({ data: { status: 'Failed' } });
	});

	it.each([404, 405] as const)('cannot be listed if the list returns %d', async (status) => {
		api.emulator.options.clipList = status;
		const reply = await api.listClips();
		expect(reply).toMatchObject({ status, body: { code: status } });
	});

	it('is in the list of videos, page by page', async () => {
		for (const title of ['1', '2', '3']) await api.createClip({ title });
		const page = async (query: string) => (await api.send('GET', `/contents${query}`)).body;
		expect(await page('')).toMatchObject({ data: [{ title: '1' }, { title: '2' }, { title: '3' }] });
		expect(await page('?start=1&limit=1')).toMatchObject({ data: [{ title: '2' }] });
		expect(await page('?start=3')).toMatchObject({ data: [] });
		api.emulator.options.ignorePaging = true;
		expect(await page('?start=1&limit=1')).toMatchObject({ data: [{ title: '1' }, { title: '2' }, { title: '3' }] });
	});
});
