import type { INodeParameters } from 'n8n-workflow';
import type { Result, Run } from './engine';
import { useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });
const BURST = Array.from({ length: 100 }, (_, index) => index);

/** Executions that start at the same time, one per call of a webhook. */
async function runAtOnce(
	indexes: number[],
	parameters: INodeParameters = {},
	options: (index: number) => Partial<Run> = () => ({}),
): Promise<Array<Result & { endedAt: number }>> {
	return await Promise.all(
		indexes.map(async (index) => {
			const result = await harness.createClip({ title: `Goal ${index}`, ...parameters }, options(index));
			return { ...result, endedAt: Date.now() };
		}),
	);
}

const titles = () => harness.emulator.clips.map(({ title }) => title).sort();
const expectedTitles = (indexes: number[]) => indexes.map((index) => `Goal ${index}`).sort();

describe('executions at a rate limit', () => {
	it.each([
		[100, { perSecond: 10, retryAfter: 1 }],
		[100, { perSecond: 10, retryAfter: undefined }],
		[100, { perSecond: 10, retryAfter: 1, countsRefused: true }],
		[30, { perSecond: 3, retryAfter: 1 }],
		[30, { perSecond: 3, retryAfter: undefined, countsRefused: true }],
	])('%d at once with %j: each creates its clip, in time, with few requests', async (count, rateLimit) => {
		harness.emulator.options.rateLimit = rateLimit;
		const started = Date.now();
		const results = await runAtOnce(BURST.slice(0, count));
		const seconds = (Date.now() - started) / 1000;
		expect(results.flatMap(({ error }) => error ?? [])).toEqual([]);
		expect(titles()).toEqual(expectedTitles(BURST.slice(0, count)));
		expect(harness.emulator.requests.length).toBeLessThanOrEqual(3 * count);
		expect(seconds).toBeLessThanOrEqual(1.25 * 10);
	});

	it('with a wrong secret do not wait for those with the right one', async () => {
		harness.emulator.options.rateLimit = { perSecond: 10, retryAfter: 30 };
		const burst = runAtOnce(BURST.slice(0, 20));
		await new Promise((resolve) => setTimeout(resolve, 5000));
		const [startedAt, credential] = [Date.now(), { ...harness.credential, secretKey: 'wrong' }];
		const [wrong] = await runAtOnce([20], {}, () => ({ credential }));
		expect(wrong?.error?.httpCode).toBe('401');
		expect(wrong?.endedAt).toBe(startedAt);
		expect((await burst).flatMap(({ error }) => error ?? [])).toEqual([]);
	});

	it('that are stopped do not disturb the others, and retain the IDs of created clips', async () => {
		harness.emulator.options.rateLimit = { perSecond: 10, retryAfter: 1 };
		const stops = new Map(BURST.filter((index) => index % 5 === 0).map((index) => [index, new AbortController()]));
		setTimeout(() => stops.forEach((stop) => stop.abort()), 4000);
		const results = await runAtOnce(BURST, {}, (index) => ({ stop: stops.get(index)?.signal }));
		const others = BURST.filter((index) => !stops.has(index));
		expect(others.flatMap((index) => results[index]?.error ?? [])).toEqual([]);
		expect(titles()).toEqual(expect.arrayContaining(expectedTitles(others)));
		for (const { clipUUID, title } of harness.emulator.clips) {
			expect(results[Number(title.slice('Goal '.length))]?.stored).toContain(clipUUID);
		}
		expect(new Set(titles()).size).toBe(titles().length);
	});
});

describe('executions that ask for the same', () => {
	it('create it once with Reuse Existing', async () => {
		harness.emulator.options.latencyMs = 100;
		const results = await runAtOnce([0, 0, 0, 0, 0], { options: { onExisting: 'reuse' } });
		expect(results.map(({ items }) => items[0]?.json.created).sort()).toEqual([false, false, false, false, true]);
		expect(titles()).toEqual(['Goal 0']);
	});

	it('share their lookups with Reuse Existing', async () => {
		harness.emulator.options.latencyMs = 100;
		await runAtOnce([0]);
		const results = await runAtOnce([0, 0, 0, 0, 0, 0, 0, 0, 0, 0], { options: { onExisting: 'reuse' } });
		expect(results.map(({ items }) => items[0]?.json.created)).toEqual(results.map(() => false));
		const lists = harness.emulator.requests.filter(({ path }) => path.endsWith('/clips'));
		// The creation, the first lookup, and one for all that ask while it is in transit.
		expect(lists.length).toBeLessThanOrEqual(3);
	});
});

describe('executions that wait until their clips are ready', () => {
	const READY_MS = 6000;
	const FIFTY = BURST.slice(0, 50);

	beforeEach(() => {
		harness.emulator.options.readyAfterMs = READY_MS;
	});

	const secondsOf = async (indexes: number[]) => {
		const started = Date.now();
		const results = await runAtOnce(indexes, { waitUntilReady: true });
		expect(results.map(({ items }) => items[0]?.json.status)).toEqual(indexes.map(() => 'ready'));
		expect(titles()).toEqual(expectedTitles(indexes));
		return (Date.now() - started) / 1000;
	};

	it('share their polls, and wait no longer than one alone', async () => {
		const seconds = await secondsOf(FIFTY);
		expect(harness.emulator.requests.length).toBeLessThanOrEqual(100);
		expect(seconds).toBeLessThanOrEqual(1.2 * (READY_MS / 1000 + 1));
	});

	it('with a rate limit of 10 per second: all get their clip in time', async () => {
		harness.emulator.options.rateLimit = { perSecond: 10, retryAfter: 1 };
		expect(await secondsOf(FIFTY)).toBeLessThanOrEqual(1.3 * (5 + READY_MS / 1000));
		expect(harness.emulator.requests.length).toBeLessThanOrEqual(150);
	});

	it('continue if the others are stopped, which return the IDs of their clips', async () => {
		const stops = FIFTY.slice(0, 20).map(() => new AbortController());
		setTimeout(() => stops.forEach((stop) => stop.abort()), 3000);
		const parameters = { waitUntilReady: true };
		const results = await runAtOnce(FIFTY, parameters, (index) => ({ stop: stops[index]?.signal }));
		const statuses = FIFTY.map((index) => (index < 20 ? 'processing' : 'ready'));
		expect(results.map(({ items }) => items[0]?.json.status)).toEqual(statuses);
		const ids = new Map(harness.emulator.clips.map(({ title, clipUUID }) => [title, clipUUID]));
		expect(results.map(({ items }) => items[0]?.json.clipId)).toEqual(FIFTY.map((index) => ids.get(`Goal ${index}`)));
	});

	it('fail on their own if their clip fails or is not ready in time', async () => {
		harness.emulator.failClip(({ title }) => title === 'Goal 1');
		const results = await Promise.all([
			runAtOnce([0, 1], { waitUntilReady: true }),
			runAtOnce([2], { waitUntilReady: true, options: { timeout: '3s' } }),
		]);
		const [first, failed, late] = results.flat();
		expect(first?.error).toBeUndefined();
		expect(failed?.error?.message).toMatch(/could not create the clip "Goal 1"/);
		expect(late?.error?.message).toMatch(/"Goal 2" .* is not ready after 3 seconds/);
	});
});
