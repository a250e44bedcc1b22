import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { locator, useScene } from './scene';

const scene = useScene({ readyAfterMs: 1500 });

/** Videos that are being made, as input items. */
const making = (count: number) =>
	scene.emulator
		.addVideos(count, (index) => ({ title: `Match ${index}`, request: { title: `Match ${index}` } }))
		.map(({ contentId }) => ({ id: contentId }));
const wait = async (input: Array<{ id: string }>, options: INodeParameters = {}, run?: Partial<Run>) =>
	await scene.run(
		{ resource: 'video', operation: 'waitUntilReady', contentId: locator('={{ $json.id }}'), options },
		{ input, ...run },
	);
const calls = () => scene.emulator.requests.map(({ path }) => path);

it('gives a video that is ready at once, for one request', async () => {
	const { contentId } = scene.emulator.addVideo();
	const since = performance.now();
	const { items } = await wait([{ id: contentId }]);
	expect(items).toMatchObject([{ json: { contentId, status: 'ready', duration: 3600 }, pairedItem: { item: 0 } }]);
	expect(calls()).toEqual([`/contents/${contentId}`]);
	expect(performance.now() - since).toBeLessThan(1000);
});

it.each([false, true])('waits for 50 videos with one request a tick (paging is ignored: %p)', async (ignorePaging) => {
	scene.emulator.options.ignorePaging = ignorePaging;
	const input = making(50);
	const { items } = await wait(input);
	expect(items.map(({ json, pairedItem }) => [json.contentId, json.status, pairedItem])).toEqual(
		input.map(({ id }, item) => [id, 'ready', { item }]),
	);
	expect(items.every(({ json }) => json.playbackUrl !== null)).toBe(true);
	expect(new Set(calls())).toEqual(new Set(['/contents']));
	expect(calls().length).toBeLessThanOrEqual(5);
});

it('asks for those alone that the first page does not hold', async () => {
	scene.emulator.addVideos(100);
	const input = making(3);
	const { items } = await wait(input);
	expect(items.map(({ json }) => json.status)).toEqual(['ready', 'ready', 'ready']);
});

it('asks for one or two without the list', async () => {
	const input = making(2);
	await wait(input);
	expect(calls()).not.toContain('/contents');
});

it('waits once for a video that two items name', async () => {
	const [one] = making(1);
	const { items } = await wait(one ? [one, one] : []);
	expect(items.map(({ json }) => json.contentId)).toEqual([one?.id, one?.id]);
	expect(calls().length).toBeLessThanOrEqual(3);
});

it('fails with the ID of a video that could not be made', async () => {
	scene.emulator.failContent(({ title }) => title === 'Match 1');
	const input = making(3);
	const { error } = await wait(input);
	expect(error).toMatchObject({
		name: 'NodeOperationError',
		message: `Videograph could not make the video "Match 1" (${input[1]?.id})`,
		context: { itemIndex: 1 },
	});
});

it('goes on with the others where one fails, and where one is not there', async () => {
	scene.emulator.failContent(({ title }) => title === 'Match 1');
	const input = [...making(3), { id: 'gone' }];
	const { items } = await wait(input, {}, { node: { onError: 'continueRegularOutput' } });
	expect(items.map(({ json }) => json.status ?? json.error)).toEqual([
		'ready',
		expect.stringMatching(/could not make/),
		'ready',
		'Content gone not found',
	]);
});

it('survives a failure of the list', async () => {
	const input = making(3);
	scene.emulator.failNext({ method: 'GET', answer: { status: 403, body: { code: 403, message: 'Not now' } } });
	const { items, error } = await wait(input);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(3);
});

it('stops when somebody stops the execution', async () => {
	scene.emulator.options.readyAfterMs = 600_000;
	const stop = new AbortController();
	setTimeout(() => stop.abort(), 500);
	const since = performance.now();
	await wait(making(3), {}, { stop: stop.signal });
	expect(performance.now() - since).toBeLessThan(2000);
});

describe('a video that is not ready in time', () => {
	beforeEach(() => {
		scene.emulator.options.readyAfterMs = 600_000;
	});

	it('fails with its ID', async () => {
		const input = making(1);
		const { error } = await wait(input, { timeout: '1s' });
		expect(error?.message).toBe(`The video "Match 0" (${input[0]?.id}) is not ready after 1 seconds`);
	});

	it('comes out as it is where the option says so', async () => {
		const [one] = making(1);
		const { items } = await wait(one ? [one] : [], { timeout: '1s', onNotReady: 'continue' });
		expect(items[0]?.json).toMatchObject({ contentId: one?.id, title: 'Match 0', status: 'processing', playbackUrl: null });
	});

	it('comes out raw when Simplify is off', async () => {
		const { items } = await wait(making(1), { timeout: '1s', onNotReady: 'continue', simplify: false });
		expect(items[0]?.json).toMatchObject({ statusId: 1, created_at: expect.any(Number) });
	});
});

it('refuses a timeout that is none without a request', async () => {
	const { error } = await wait(making(1), { timeout: 'soon' });
	expect(error?.message).toBe('Timeout: "soon" is not a length of time');
	expect(scene.emulator.requests).toEqual([]);
});
