import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { locator, useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });

const get = async (clipId: unknown, parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run({ resource: 'clip', operation: 'get', clipId: clipId as string, ...parameters }, options);
const ofStream = () => ({ additionalFields: { streamId: locator(harness.stream.streamUUID) } });
const paths = () => harness.emulator.requests.map(({ method, path }) => `${method} ${path}`);

/** Creates a clip, and clears the recorded requests. */
async function makeClip() {
	await harness.createClip();
	(harness.emulator.requests as unknown[]).length = 0;
	const [clip] = harness.emulator.clips;
	if (!clip) throw new Error('no clip');
	const { clipUUID, contentUUID } = clip;
	const flat = {
		clipId: clipUUID,
		contentId: contentUUID,
		streamId: harness.stream.streamUUID,
		title: 'Goal',
		status: 'ready',
		startTime: '2026-11-23T20:30:00.000Z',
		endTime: '2026-11-23T20:30:30.000Z',
		duration: 30,
		playbackUrl: `${harness.emulator.url}/hls/${contentUUID}/master.m3u8`,
		embedUrl: `https://dashboard.videograph.ai/videos/embed?videoId=${contentUUID}`,
		thumbnailUrl: `${harness.emulator.url}/hls/${contentUUID}/thumbnail.png`,
		created: false,
	};
	return { clipUUID, contentUUID, flat };
}

describe('Clip Get', () => {
	it('gets a clip by its video ID, with one request', async () => {
		harness.emulator.options.readyAfterMs = 0;
		const { contentUUID, flat } = await makeClip();
		const { items } = await get(contentUUID);
		expect(items).toEqual([{ json: { ...flat, clipId: contentUUID }, pairedItem: { item: 0 } }]);
		expect(paths()).toEqual([`GET /contents/${contentUUID}`]);
	});

	it('gets a clip by its job ID, through the clip list of its stream', async () => {
		harness.emulator.options.readyAfterMs = 0;
		const { clipUUID, contentUUID, flat } = await makeClip();
		const { items } = await get(clipUUID, ofStream());
		expect(items).toEqual([{ json: flat, pairedItem: { item: 0 } }]);
		expect(paths()).toEqual([
			`GET /contents/${clipUUID}`,
			`GET /livestreams/${harness.stream.streamUUID}/clips`,
			`GET /contents/${contentUUID}`,
		]);
	});

	it('accepts the URL of a stream', async () => {
		const { clipUUID } = await makeClip();
		const url = `https://dashboard.videograph.ai/videos/embed?streamId=${harness.stream.streamUUID}`;
		const { items } = await get(clipUUID, { additionalFields: { streamId: locator(url, 'url') } });
		expect(items[0]?.json.clipId).toBe(clipUUID);
	});

	it('returns the list item of a clip that has no video yet', async () => {
		harness.emulator.options.readyAfterMs = 60_000;
		const { clipUUID, flat } = await makeClip();
		const { items } = await get(clipUUID, ofStream());
		const unknown = { contentId: null, startTime: null, endTime: null, duration: null };
		const noLinks = { playbackUrl: null, embedUrl: null, thumbnailUrl: null };
		expect(items[0]?.json).toEqual({ ...flat, ...unknown, ...noLinks, status: 'processing' });
	});

	it('returns the list item of a clip whose video does not exist yet', async () => {
		Object.assign(harness.emulator.options, { readyAfterMs: 60_000, contentIdInList: 'always' });
		const { clipUUID, contentUUID } = await makeClip();
		const answer = { status: 404, body: { code: 404, message: 'no' } };
		harness.emulator.failNext({ path: new RegExp(contentUUID), answer });
		const { items } = await get(clipUUID, ofStream());
		const ids = { clipId: clipUUID, contentId: contentUUID };
		expect(items[0]?.json).toMatchObject({ ...ids, status: 'processing', startTime: null });
	});

	it('returns the status of a failed clip', async () => {
		harness.emulator.options.readyAfterMs = 0;
		harness.emulator.failClip(() => true);
		const { contentUUID } = await makeClip();
		expect((await get(contentUUID)).items[0]?.json).toMatchObject({ status: 'failed', playbackUrl: null });
	});

	it('returns the duration of a clip of a video, without a stream', async () => {
		const { contentId } = harness.emulator.addVideo({ durationMs: 30_500 });
		const { items } = await get(contentId);
		expect(items[0]?.json).toMatchObject({
			contentId,
			streamId: null,
			startTime: null,
			duration: 30.5,
			status: 'ready',
		});
	});

	it('returns the clip as the API returns it with Simplify off', async () => {
		const { clipUUID, contentUUID } = await makeClip();
		const byVideo = await get(contentUUID, { simplify: false });
		expect(byVideo.items[0]?.json).toMatchObject({ contentId: contentUUID, liveRecording: {} });
		const byJob = await get(clipUUID, { ...ofStream(), simplify: false });
		expect(byJob.items[0]?.json).toMatchObject({ clipUUID, status: 'Initializing' });
	});
});

describe('Clip Get of a missing clip', () => {
	it.each([
		['no stream is given', () => ({})],
		['the stream has no such clip', ofStream],
		['an empty stream is given', () => ({ additionalFields: { streamId: locator('') } })],
		['the stream is unknown', () => ({ additionalFields: { streamId: locator('gone') } })],
	])('explains the error if %s', async (_name, parameters) => {
		const { error } = await get('gone', parameters());
		expect(error).toMatchObject({ message: 'There is no clip gone', context: { itemIndex: 0 } });
		expect(error?.description).toMatch(/add Live Stream/);
	});

	it('explains the error if there is no clip list', async () => {
		harness.emulator.options.clipList = 404;
		expect((await get('gone', ofStream())).error?.message).toBe('There is no clip gone');
	});
});

describe('Clip Get error', () => {
	it('stops in the words of the API', async () => {
		harness.emulator.failNext({ answer: { status: 403, body: { code: 403, message: 'Forbidden for this token' } } });
		expect((await get('some-id')).error).toMatchObject({ httpCode: '403', message: 'Forbidden for this token' });
	});

	const MODES = ['continueRegularOutput', 'continueErrorOutput'] as const;

	it.each(MODES)('continues with the other items (%s)', async (onError) => {
		const { contentUUID } = await makeClip();
		const input = [{ id: 'gone' }, { id: contentUUID }, { id: '' }];
		const { items, errorItems } = await get('={{ $json.id }}', {}, { input, node: { onError } });
		const all = [...items, ...errorItems];
		expect(all).toHaveLength(3);
		expect(all).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ json: { error: 'There is no clip gone' }, pairedItem: { item: 0 } }),
				expect.objectContaining({ json: expect.objectContaining({ contentId: contentUUID }), pairedItem: { item: 1 } }),
				expect.objectContaining({ json: { error: 'Clip ID: must not be empty' }, pairedItem: { item: 2 } }),
			]),
		);
	});

	it.each([
		['an unknown ID of an earlier node', { clipId: '={{ null }}' }, 'Clip ID: must not be empty'],
		['an ID that climbs', { clipId: '../livestreams' }, 'Clip ID: "../livestreams" is not a valid ID'],
		['a bad stream', { additionalFields: { streamId: locator('a/b') } }, 'Live Stream: "a/b" is not a valid ID'],
	])('rejects %s without a request', async (_name, parameters, message) => {
		const { error } = await get('some-id', parameters);
		expect(error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(harness.emulator.requests).toEqual([]);
	});
});
