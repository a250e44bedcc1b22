import type { INodeParameters } from 'n8n-workflow';
import { useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID', readyAfterMs: 3000 });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const wait = (options: INodeParameters = {}) => ({
	title: '=Goal {{ $json.index ?? 0 }}',
	waitUntilReady: true,
	options,
});

describe('Wait Until Ready', () => {
	it.each(['clipUUID', 'contentId', 'uuid', 'empty', 'bare'] as const)(
		'returns the same ready clip, whatever the API returns (%s)',
		async (createAnswer) => {
			harness.emulator.options.createAnswer = createAnswer;
			const { items, error, hints } = await harness.createClip(wait());
			const [clip] = harness.emulator.clips;
			expect(error).toBeUndefined();
			expect(hints).toEqual([]);
			expect(items[0]?.json).toEqual({
				clipId: clip?.clipUUID,
				contentId: clip?.contentUUID,
				streamId: harness.stream.streamUUID,
				title: 'Goal 0',
				status: 'ready',
				startTime: '2026-11-23T20:30:00.000Z',
				endTime: '2026-11-23T20:30:30.000Z',
				duration: 30,
				playbackUrl: expect.stringMatching(/^http/),
				embedUrl: `https://dashboard.videograph.ai/videos/embed?videoId=${clip?.contentUUID}`,
				thumbnailUrl: expect.stringMatching(/^http/),
				created: true,
			});
		},
	);

	it.each(['clipUUID', 'contentId'] as const)(
		'waits for 10 clips with at most 20 requests in all (%s)',
		async (createAnswer) => {
			harness.emulator.options.createAnswer = createAnswer;
			harness.emulator.options.readyAfterMs = 4000;
			const { items } = await harness.createClip(wait(), { input: numbered(10) });
			expect(items.map(({ json }) => [json.title, json.status])).toEqual(
				numbered(10).map(({ index }) => [`Goal ${index}`, 'ready']),
			);
			expect(items.every(({ json }) => json.playbackUrl !== null)).toBe(true);
			expect(harness.emulator.requests.length).toBeLessThanOrEqual(20);
		},
	);

	it.each([404, 405] as const)('polls the videos if the clip list returns %d', async (status) => {
		harness.emulator.options.clipList = status;
		harness.emulator.options.createAnswer = 'contentId';
		const { items } = await harness.createClip(wait());
		const contentId = harness.emulator.clips[0]?.contentUUID;
		expect(items[0]?.json).toMatchObject({ clipId: contentId, contentId, status: 'ready' });
	});

	it('fails with the ID of a failed clip, and with those of the others', async () => {
		harness.emulator.failClip(({ title }) => title === 'Goal 1');
		const { error } = await harness.createClip(wait(), { input: numbered(3) });
		const [first, failed] = harness.emulator.clips;
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: `Videograph could not create the clip "Goal 1" (${failed?.clipUUID})`,
			context: { itemIndex: 1 },
		});
		expect(error?.description).toContain(first?.clipUUID);
	});

	it('continues with the other clips with Continue on Fail, if one fails', async () => {
		harness.emulator.failClip(({ title }) => title === 'Goal 1');
		const { items } = await harness.createClip(wait(), {
			input: numbered(3),
			node: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json }) => json.status ?? json.error)).toEqual([
			'ready',
			expect.stringMatching(/could not create/),
			'ready',
		]);
	});

	it('has the ID of each created clip in its own error item, if the wait fails', async () => {
		harness.emulator.failNext({ method: 'GET', times: 4, answer: { status: 403, body: { code: 403, message: 'No' } } });
		const { items } = await harness.createClip(wait(), {
			input: numbered(3),
			node: { onError: 'continueRegularOutput' },
		});
		expect(items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual(
			harness.emulator.clips.map(({ clipUUID }, item) => [`No (already created: ${clipUUID})`, { item }]),
		);
		expect(items.map(({ error }) => error?.context.itemIndex)).toEqual([0, 1, 2]);
	});

	it('creates no duplicate clip on Retry On Fail, if a clip was not ready in time', async () => {
		harness.emulator.options.readyAfterMs = 6000;
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const { items, error } = await harness.createClip(wait({ timeout: '3s' }), { input: numbered(2), node: retry });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.status)).toEqual(['ready', 'ready']);
		expect(harness.created()).toHaveLength(2);
	});
});

describe('If Not Ready in Time', () => {
	beforeEach(() => {
		harness.emulator.options.readyAfterMs = 600_000;
	});

	it('fails with the ID of the clip', async () => {
		const { error } = await harness.createClip(wait({ timeout: '1s' }));
		const [clip] = harness.emulator.clips;
		expect(error?.message).toBe(`The clip "Goal 0" (${clip?.clipUUID}) is not ready after 1 seconds`);
	});

	it('hints at Wait Until Ready for a clip that is processing', async () => {
		const { items, hints } = await harness.createClip();
		expect(items[0]?.json.status).toBe('processing');
		expect(hints).toEqual([expect.stringContaining('Wait Until Ready')]);
	});

	it('returns the clip as it is with Continue', async () => {
		const { items } = await harness.createClip(wait({ timeout: '1s', onNotReady: 'continue' }));
		expect(items[0]?.json).toMatchObject({ clipId: harness.emulator.clips[0]?.clipUUID, status: 'processing' });
	});
});
