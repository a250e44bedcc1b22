import { type Reply, START } from './api';
import { useEmulator } from './emulatorHarness';

const api = useEmulator();

describe('emulator video', () => {
	const cut = { startTimeInSecs: 60, endTimeInSecs: 90 };
	let contentId: string;

	beforeEach(() => {
		({ contentId } = api.emulator.addVideo({ title: 'Cup final', durationMs: 5_400_000 }));
	});

	function cutVideo(body: object, id = contentId): Promise<Reply> {
		return api.send('POST', `/contents/${id}/clips`, body);
	}

	it('is ready, listed, and has no source', async () => {
		const { body } = await api.send('GET', `/contents/${contentId}`);
		expect(body).toMatchObject({
			data: { contentId, title: 'Cup final', status: 'Ready', duration: 5_400_000, resolution: '1280x720' },
		});
		expect(body).not.toHaveProperty('data.liveRecording');
		await api.createClip();
		expect((await api.send('GET', '/contents')).body).toMatchObject({
			data: [{ title: 'Cup final' }, { title: 'Goal', liveRecording: {} }],
		});
	});

	it('can be cut into clips, which are returned as videos, listed, and become ready', async () => {
		const { status, body } = await cutVideo({ ...cut, title: 'Save', tags: ['keeper'] });
		expect(status).toBe(201);
		const clipId = api.emulator.videos[1]?.contentId;
		expect(body).toMatchObject({ data: { contentId: clipId, title: 'Save', tags: ['keeper'], status: 'Processing' } });
		expect((await api.send('GET', `/contents/${contentId}/clips`)).body).toMatchObject({
			data: [{ uuid: clipId, name: 'Save', createdOn: START }],
		});
		api.now += 2000;
		expect((await api.send('GET', `/contents/${clipId}`)).body).toMatchObject({
			data: { status: 'Ready', duration: 30_000 },
		});
	});

	it('may be a clip of a recording', async () => {
		await api.createClip();
		const id = api.emulator.clips[0]?.contentUUID;
		expect((await cutVideo({ startTimeInSecs: 0, endTimeInSecs: 30 }, id)).status).toBe(201);
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
		expect(api.emulator.videos).toHaveLength(1);
	});

	it('has no clips if it is unknown', async () => {
		expect(await cutVideo(cut, 'x')).toMatchObject({ status: 404, body: { message: 'Content x not found' } });
		expect((await api.send('GET', '/contents/x/clips')).status).toBe(404);
	});

	it.each([404, 405] as const)('has no list of clips if the list returns %d', async (status) => {
		api.emulator.options.clipList = status;
		expect((await api.send('GET', `/contents/${contentId}/clips`)).status).toBe(status);
	});
});
