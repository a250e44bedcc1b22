import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { locator, useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });

const getAll = async (parameters: INodeParameters, options?: Partial<Run>) =>
	await harness.run({ resource: 'clip', operation: 'getAll', ...parameters }, options);
const ofStream = async (parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await getAll({ streamId: locator(harness.stream.streamUUID), ...parameters }, options);
const ofVideo = async (contentId: string, parameters: INodeParameters = {}) =>
	await getAll({ source: 'video', contentId: locator(contentId), ...parameters });
const gets = () => harness.emulator.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);

const unknown = {
	startTime: null,
	endTime: null,
	duration: null,
	playbackUrl: null,
	thumbnailUrl: null,
	created: false,
	createdAt: expect.stringMatching(/^2026-11-23T20:31:.*Z$/),
};

/** A video with that many clips. */
function videoWithClips(count: number): string {
	const { contentId } = harness.emulator.addVideo();
	for (let index = 0; index < count; index++) harness.emulator.addVideo({ title: `Save ${index}`, source: contentId });
	return contentId;
}

describe('Clip Get Many of a live stream', () => {
	it('returns the clips of the list, with one request', async () => {
		await harness.createClip({ title: 'First' });
		harness.emulator.options.readyAfterMs = 0;
		await harness.createClip({ title: 'Second' });
		harness.emulator.options.readyAfterMs = 60_000;
		const [first, second] = harness.emulator.clips;
		if (second) second.createdAt -= 60_000;
		const before = gets().length;
		const { items } = await ofStream();
		const { streamUUID: streamId } = harness.stream;
		expect(items).toEqual([
			{
				json: {
					...unknown,
					clipId: first?.clipUUID,
					contentId: null,
					streamId,
					title: 'First',
					status: 'processing',
					embedUrl: null,
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					...unknown,
					clipId: second?.clipUUID,
					contentId: second?.contentUUID,
					streamId,
					title: 'Second',
					status: 'ready',
					embedUrl: `https://dashboard.videograph.ai/videos/embed?videoId=${second?.contentUUID}`,
					createdAt: expect.stringMatching(/^2026-11-23T20:30:/),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(gets().slice(before)).toEqual([`/livestreams/${streamId}/clips`]);
	});

	it('returns no item if there are no clips', async () => {
		expect(await ofStream()).toMatchObject({ items: [], error: undefined });
	});

	it('returns raw clips with Simplify off', async () => {
		await harness.createClip();
		expect((await ofStream({ simplify: false })).items[0]?.json).toMatchObject({ name: 'Goal', statusId: 1 });
	});
});

describe('Clip Get Many of a video', () => {
	it('returns the clips of the list', async () => {
		const contentId = videoWithClips(1);
		const id = harness.emulator.videos[1]?.contentId;
		const { items } = await ofVideo(contentId);
		const embedUrl = `https://dashboard.videograph.ai/videos/embed?videoId=${id}`;
		expect(items).toEqual([
			{
				json: { ...unknown, clipId: id, contentId: id, streamId: null, title: 'Save 0', status: null, embedUrl },
				pairedItem: { item: 0 },
			},
		]);
		expect(gets()).toEqual([`/contents/${contentId}/clips`]);
	});

	it('returns raw clips with Simplify off', async () => {
		expect((await ofVideo(videoWithClips(1), { simplify: false })).items[0]?.json).toMatchObject({ name: 'Save 0' });
	});

	it.each([
		[{}, 50],
		[{ limit: 7 }, 7],
		[{ returnAll: true }, 60],
	])('is limited by %p', async (limit, count) => {
		expect((await ofVideo(videoWithClips(60), limit)).items).toHaveLength(count);
	});
});

describe.each([404, 405] as const)('Clip Get Many of a list that returns %d', (status) => {
	beforeEach(() => {
		harness.emulator.options.clipList = status;
	});

	it('reports a missing endpoint, of a live stream', async () => {
		const { error } = await ofStream();
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'Videograph no longer lists the clips of a live stream',
			context: { itemIndex: 0 },
		});
		expect(error?.description).toMatch(/use Get/);
	});

	it('reports a missing endpoint, of a video', async () => {
		const { error } = await ofVideo(videoWithClips(0));
		expect(error?.message).toBe('Videograph no longer lists the clips of a video');
	});
});

describe('Clip Get Many error', () => {
	it.each([
		['live stream', { streamId: locator('gone') }, 'Live stream gone not found'],
		['video', { source: 'video', contentId: locator('gone') }, 'Content gone not found'],
	])('reports that the %s does not exist', async (_name, parameters, message) => {
		const { error } = await getAll(parameters);
		expect(error).toMatchObject({ httpCode: '404', message });
		expect(error?.description).toMatch(/Check Live Stream or Video/);
	});

	it('continues with the other items, each paired with its own', async () => {
		await harness.createClip();
		await harness.createClip({ title: 'Save' });
		const input = [{ id: 'gone' }, { id: harness.stream.streamUUID }, { id: '?' }];
		const { items } = await getAll(
			{ streamId: locator('={{ $json.id }}') },
			{ input, node: { onError: 'continueRegularOutput' } },
		);
		expect(items).toMatchObject([
			{ json: { error: 'Live stream gone not found' }, pairedItem: { item: 0 } },
			{ json: { title: 'Goal' }, pairedItem: { item: 1 } },
			{ json: { title: 'Save' }, pairedItem: { item: 1 } },
			{ json: { error: 'Live Stream: "?" is not a valid ID' }, pairedItem: { item: 2 } },
		]);
	});

	it.each([
		[
			'an unknown source',
			{ source: '={{ "upload" }}', contentId: locator('some-id') },
			'Source: "upload" is not a valid option',
		],
		['no stream', { streamId: locator('={{ "" }}') }, 'Live Stream: must not be empty'],
		['no video', { source: 'video', contentId: locator('={{ "" }}') }, 'Video: must not be empty'],
		['a limit that is no count', { limit: '={{ 0 }}' }, 'Limit: 0 is not a positive whole number'],
	])('rejects %s without a request', async (_name, parameters, message) => {
		expect((await ofStream(parameters)).error).toMatchObject({ message, context: { itemIndex: 0 } });
		expect(harness.emulator.requests).toEqual([]);
	});
});
