import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { locator, useHarness } from './harness';

const harness = useHarness({ readyAfterMs: 1500 });

/** Videos that are processing, as input items. */
const making = (count: number) =>
	harness.emulator
		.addVideos(count, (index) => ({ title: `Match ${index}`, request: { title: `Match ${index}` } }))
		.map(({ contentId }) => ({ id: contentId }));
const wait = async (input: Array<{ id: string }>, options: INodeParameters = {}, run?: Partial<Run>) =>
	await harness.run(
		{ resource: 'video', operation: 'waitUntilReady', contentId: locator('={{ $json.id }}'), options },
		{ input, ...run },
	);
const calls = () => harness.emulator.requests.map(({ path }) => path);

describe('Video Wait Until Ready', () => {
	it('returns a ready video at once, with one request', async () => {
		const { contentId } = harness.emulator.addVideo();
		const since = performance.now();
		const { items } = await wait([{ id: contentId }]);
		expect(items).toMatchObject([{ json: { contentId, status: 'ready', duration: 3600 }, pairedItem: { item: 0 } }]);
		expect(calls()).toEqual([`/contents/${contentId}`]);
		expect(performance.now() - since).toBeLessThan(1000);
	});

	it.each([false, true])(
		'waits for 50 videos with one request per round (paging is ignored: %p)',
		async (ignorePaging) => {
			harness.emulator.options.ignorePaging = ignorePaging;
			const input = making(50);
			const { items } = await wait(input);
			expect(items.map(({ json, pairedItem }) => [json.contentId, json.status, pairedItem])).toEqual(
				input.map(({ id }, item) => [id, 'ready', { item }]),
			);
			expect(items.every(({ json }) => json.playbackUrl !== null)).toBe(true);
			expect(new Set(calls())).toEqual(new Set(['/contents']));
			expect(calls().length).toBeLessThanOrEqual(5);
		},
	);

	it('requests only videos that are not on the first page', async () => {
		harness.emulator.addVideos(100);
		const input = making(3);
		const { items } = await wait(input);
		expect(items.map(({ json }) => json.status)).toEqual(['ready', 'ready', 'ready']);
	});

	it('requests one or two videos without the list', async () => {
		const input = making(2);
		await wait(input);
		expect(calls()).not.toContain('/contents');
	});

	it('waits once for a video of two items', async () => {
		const [one] = making(1);
		const { items } = await wait(one ? [one, one] : []);
		expect(items.map(({ json }) => json.contentId)).toEqual([one?.id, one?.id]);
		expect(calls().length).toBeLessThanOrEqual(3);
	});

	it('fails with the ID of a failed video', async () => {
		harness.emulator.failContent(({ title }) => title === 'Match 1');
		const input = making(3);
		const { error } = await wait(input);
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: `Videograph could not create the video "Match 1" (${input[1]?.id})`,
			context: { itemIndex: 1 },
		});
	});

	it('continues with the other videos if one fails or does not exist', async () => {
		harness.emulator.failContent(({ title }) => title === 'Match 1');
		const input = [...making(3), { id: 'gone' }];
		const { items } = await wait(input, {}, { node: { onError: 'continueRegularOutput' } });
		expect(items.map(({ json }) => json.status ?? json.error)).toEqual([
			'ready',
			expect.stringMatching(/could not create/),
			'ready',
			'Content gone not found',
		]);
	});

	it('tolerates a failure of the list', async () => {
		const input = making(3);
		harness.emulator.failNext({ method: 'GET', answer: { status: 403, body: { code: 403, message: 'Not now' } } });
		const { items, error } = await wait(input);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3);
	});

	it('stops when the execution is stopped', async () => {
		harness.emulator.options.readyAfterMs = 600_000;
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 500);
		const since = performance.now();
		await wait(making(3), {}, { stop: stop.signal });
		expect(performance.now() - since).toBeLessThan(2000);
	});
});

describe('Video If Not Ready in Time', () => {
	beforeEach(() => {
		harness.emulator.options.readyAfterMs = 600_000;
	});

	it('fails with the ID of the video', async () => {
		const input = making(1);
		const { error } = await wait(input, { timeout: '1s' });
		expect(error?.message).toBe(`The video "Match 0" (${input[0]?.id}) is not ready after 1 seconds`);
	});

	it('returns the video as it is with Continue', async () => {
		const [one] = making(1);
		const { items } = await wait(one ? [one] : [], { timeout: '1s', onNotReady: 'continue' });
		expect(items[0]?.json).toMatchObject({
			contentId: one?.id,
			title: 'Match 0',
			status: 'processing',
			playbackUrl: null,
		});
	});

	it('returns the raw video with Simplify off', async () => {
		const { items } = await wait(making(1), { timeout: '1s', onNotReady: 'continue', simplify: false });
		expect(items[0]?.json).toMatchObject({ statusId: 1, created_at: expect.any(Number) });
	});
});

describe('Video Wait Until Ready parameters', () => {
	it('rejects an invalid timeout without a request', async () => {
		const { error } = await wait(making(1), { timeout: 'soon' });
		expect(error?.message).toBe('Timeout: "soon" is not a valid duration');
		expect(harness.emulator.requests).toEqual([]);
	});
});
