import type { INodeParameters } from 'n8n-workflow';
import type { Run } from './engine';
import { useHarness } from './harness';

const harness = useHarness();

const getAll = async (parameters: INodeParameters = {}, options?: Partial<Run>) =>
	await harness.run({ resource: 'video', operation: 'getAll', ...parameters }, options);
const pages = () => harness.emulator.requests.map(({ query }) => [query.start, query.limit].map(Number));
const titled = (count: number) => harness.emulator.addVideos(count, (index) => ({ title: `Match ${index}` }));

describe.each([false, true])('Video Get Many if the server ignores paging: %p', (ignorePaging) => {
	beforeEach(() => {
		harness.emulator.options.ignorePaging = ignorePaging;
	});

	it('returns all of 10,000 videos, each once', async () => {
		const ids = titled(10_000).map(({ contentId }) => contentId);
		const { items } = await getAll({ returnAll: true });
		expect(items.map(({ json }) => json.contentId)).toEqual(ids);
		expect(pages().length).toBe(ignorePaging ? 2 : 101);
	});

	it.each([
		[{}, 50],
		[{ limit: 7 }, 7],
		[{ limit: 150 }, 150],
		[{ limit: 1000 }, 230],
		[{ returnAll: true }, 230],
	])('is limited by %p', async (limit, count) => {
		titled(230);
		const { items } = await getAll(limit);
		expect(items.map(({ json }) => json.title)).toEqual(Array.from({ length: count }, (_, index) => `Match ${index}`));
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	});

	it.each([0, 1, 99, 100, 101, 200])('ends after %d videos', async (count) => {
		titled(count);
		expect((await getAll({ returnAll: true })).items).toHaveLength(count);
		expect(pages().length).toBeLessThanOrEqual(3);
	});
});

describe('Video Get Many if the server caps pages', () => {
	beforeEach(() => {
		harness.emulator.options.pageCap = 20;
	});

	it.each([
		[{ returnAll: true }, 250],
		[{ limit: 110 }, 110],
		[{}, 50],
	])('returns more than the first page with %p', async (limit, count) => {
		const ids = titled(250).map(({ contentId }) => contentId);
		const { items } = await getAll(limit);
		expect(items.map(({ json }) => json.contentId)).toEqual(ids.slice(0, count));
		expect(pages().length).toBeLessThanOrEqual(count / 20 + 2);
	});
});

describe('Video Get Many', () => {
	it('requests no more than the limit', async () => {
		titled(230);
		await getAll({ limit: 150 });
		await getAll({ limit: 7 });
		expect(pages()).toEqual([
			[0, 100],
			[100, 100],
			[0, 7],
		]);
	});

	it('returns clips too, in the same shape', async () => {
		await harness.createClip();
		const { items } = await getAll();
		const { contentUUID } = harness.emulator.clips[0] ?? {};
		expect(items).toMatchObject([
			{ json: { contentId: contentUUID, title: 'Goal', status: 'processing', duration: null } },
		]);
	});

	it('returns the API response with Simplify off', async () => {
		titled(1);
		expect((await getAll({ simplify: false })).items[0]?.json).toMatchObject({ status: 'Ready', duration: 3_600_000 });
	});

	it('stops in the words of the API, without a partial list', async () => {
		titled(230);
		harness.emulator.failNext({ answer: { status: 403, body: { code: 403, message: 'No right' } } });
		const { error, items } = await getAll({ returnAll: true });
		expect(error).toMatchObject({ httpCode: '403', message: 'No right' });
		expect(items).toEqual([]);
	});

	it('continues with the other items, each paired with its own', async () => {
		titled(2);
		const input = [{ limit: 0 }, { limit: 2 }];
		const { items } = await getAll(
			{ limit: '={{ $json.limit }}' },
			{ input, node: { onError: 'continueRegularOutput' } },
		);
		expect(items).toMatchObject([
			{ json: { error: 'Limit: 0 is not a positive whole number' }, pairedItem: { item: 0 } },
			{ json: { title: 'Match 0' }, pairedItem: { item: 1 } },
			{ json: { title: 'Match 1' }, pairedItem: { item: 1 } },
		]);
	});

	it('rejects an invalid limit without a request', async () => {
		expect((await getAll({ limit: '={{ "many" }}' })).error?.message).toBe(
			'Limit: "many" is not a positive whole number',
		);
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Video list search', () => {
	const search = async (filter?: string, token?: string) =>
		await harness.engine.listSearch('searchVideos', harness.credential, filter, token);
	/** All entries after scrolling to the end. */
	const scroll = async (filter?: string) => {
		const names: string[] = [];
		let token: unknown;
		let turns = 0;
		do {
			const { results, paginationToken } = await search(filter, token as string | undefined);
			names.push(...results.map(({ name }) => name));
			token = paginationToken;
		} while (token !== undefined && ++turns < 20);
		return { names, turns };
	};

	it('shows titles, or IDs for videos without one', async () => {
		const [first] = titled(1);
		const { contentId } = harness.emulator.addVideo({ title: '' });
		expect(await search()).toEqual({
			results: [
				{
					name: 'Match 0',
					value: first?.contentId,
					url: `https://dashboard.videograph.ai/videos/embed?videoId=${first?.contentId}`,
				},
				{ name: contentId, value: contentId, url: expect.any(String) },
			],
		});
	});

	it.each([
		[230, false],
		[230, true],
		[100, false],
		[100, true],
		[0, false],
	])('shows %d videos once, if paging is ignored: %p', async (count, ignorePaging) => {
		harness.emulator.options.ignorePaging = ignorePaging;
		titled(count);
		const { names, turns } = await scroll();
		expect(names).toEqual(Array.from({ length: count }, (_, index) => `Match ${index}`));
		expect(turns).toBeLessThan(4);
	});

	it('shows every video once if the server caps pages', async () => {
		harness.emulator.options.pageCap = 20;
		titled(230);
		const { names } = await scroll();
		expect(names).toEqual(Array.from({ length: 230 }, (_, index) => `Match ${index}`));
		expect(pages().length).toBeLessThanOrEqual(13);
	});

	it('finds a video far down the list if the server caps pages', async () => {
		harness.emulator.options.pageCap = 20;
		titled(230);
		expect((await search('match 229')).results.map(({ name }) => name)).toEqual(['Match 229']);
	});

	it.each(['MATCH 229', ' match 229 '])('finds %p on a later page at once', async (filter) => {
		titled(230);
		expect((await search(filter)).results.map(({ name }) => name)).toEqual(['Match 229']);
	});

	it('explains why it failed', async () => {
		harness.credential.secretKey = 'wrong';
		await expect(search()).rejects.toMatchObject({ httpCode: '401' });
	});
});
