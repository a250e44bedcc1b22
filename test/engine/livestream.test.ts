import { locator, useHarness } from './harness';

const harness = useHarness();

describe('Live Stream Get', () => {
	it('returns a live stream, simplified', async () => {
		const { streamUUID } = harness.stream;
		const { items } = await harness.run({ resource: 'livestream', operation: 'get', streamId: locator(streamUUID) });
		expect(items).toMatchObject([
			{
				json: {
					streamId: streamUUID,
					title: 'Saturday derby',
					status: 'Active',
					live: true,
					activeSince: '2026-11-23T18:00:00.000Z',
					embedUrl: `https://dashboard.videograph.ai/videos/embed?streamId=${streamUUID}`,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(JSON.stringify(items)).not.toContain('streamKey');
	});

	it('returns a live stream as the API returns it with Simplify off', async () => {
		const { streamUUID } = harness.stream;
		const { items } = await harness.run({
			resource: 'livestream',
			operation: 'get',
			streamId: locator(streamUUID),
			simplify: false,
		});
		expect(items[0]?.json).toMatchObject({ streamUUID, streamKey: expect.any(String) });
	});

	it('explains that a live stream does not exist', async () => {
		const { error } = await harness.run({ resource: 'livestream', operation: 'get', streamId: locator('gone') });
		expect(error).toMatchObject({ httpCode: '404', message: 'Live stream gone not found' });
		expect(error?.description).toMatch(/Check Live Stream/);
	});
});

describe('Live Stream Get Many', () => {
	beforeEach(() => {
		for (let index = 0; index < 60; index++)
			harness.emulator.addStream({ title: `Court ${index}`, record: index % 2 === 0 });
	});

	it.each([
		['all', 61],
		['recorded', 31],
		['notRecorded', 30],
	])('returns all of %s with Return All', async (recorded, count) => {
		const { items } = await harness.run({ resource: 'livestream', operation: 'getAll', recorded, returnAll: true });
		expect(items).toHaveLength(count);
		expect(new Set(items.map(({ json }) => json.streamId)).size).toBe(count);
		expect(items.every(({ json }) => recorded === 'all' || json.recorded === (recorded === 'recorded'))).toBe(true);
	});

	it.each([
		[{}, 50],
		[{ limit: 7 }, 7],
	])('is limited by %p', async (limit, count) => {
		const { items } = await harness.run({ resource: 'livestream', operation: 'getAll', ...limit });
		expect(items).toHaveLength(count);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	});

	it('rejects an invalid limit', async () => {
		const { error } = await harness.run({ resource: 'livestream', operation: 'getAll', limit: '={{ "many" }}' });
		expect(error?.message).toBe('Limit: "many" is not a positive whole number');
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Live Stream list search', () => {
	it('shows recorded streams, live ones first', async () => {
		harness.emulator.addStream({ title: 'Unrecorded', record: false });
		const idle = harness.emulator.addStream({ title: 'Sunday service' });
		const { results } = await harness.engine.listSearch('searchRecordedLivestreams', harness.credential);
		expect(results.map(({ name, value }) => ({ name, value }))).toEqual([
			{ name: 'Saturday derby (live)', value: harness.stream.streamUUID },
			{ name: 'Sunday service', value: idle.streamUUID },
		]);
	});

	it('shows streams that are not recorded for operations that support them', async () => {
		harness.emulator.addStream({ title: 'Unrecorded', record: false });
		const { results } = await harness.engine.listSearch('searchLivestreams', harness.credential);
		expect(results.map(({ name }) => name)).toEqual(['Saturday derby (live)', 'Unrecorded (not recorded)']);
	});

	it.each(['DERBY', ' derby '])('filters by a part of the title: %p', async (filter) => {
		harness.emulator.addStream({ title: 'Sunday service' });
		const { results } = await harness.engine.listSearch('searchLivestreams', harness.credential, filter);
		expect(results.map(({ name }) => name)).toEqual(['Saturday derby (live)']);
	});

	it('explains why it failed', async () => {
		harness.credential.secretKey = 'wrong';
		await expect(harness.engine.listSearch('searchLivestreams', harness.credential)).rejects.toMatchObject({
			httpCode: '401',
		});
	});
});
