import type { INodeParameters } from 'n8n-workflow';
import type { Answer } from '../emulator';
import { LIVE_SINCE } from './harness';
import { eventsOf, goLive, HOUR_MS, MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { harness, requestsOf, trigger } = useTrigger();

describe('Trigger rejects before any request', () => {
	const selected = { events: ['clipReady'], streams: 'selected' };
	test.each<[INodeParameters, string]>([
		[{ events: [] }, 'Events: no event is selected'],
		[{ events: ['goal'] }, 'Events: "goal" is not an event'],
		[{ events: '={{ 5 }}' }, 'Events: 5 is not an event'],
		[{ streams: '={{ "mine" }}' }, 'Live Streams: "mine" is not an option'],
		[{ ...selected, streamIds: [] }, 'Live Stream Names or IDs: no live stream is selected'],
		[{ ...selected, streamIds: ['../contents'] }, 'Live Stream Names or IDs: "../contents" is not a valid ID'],
		[{ events: ['recordingExpiresSoon'], hoursBefore: 0 }, 'Hours Before Expiry: 0 is not a valid number of hours'],
		[{ events: ['recordingExpiresSoon'], hoursBefore: 13 }, 'Hours Before Expiry: 13 is not a valid number of hours'],
		[{ events: ['clipReady'], filters: { tag: '={{ ["a"] }}' } }, 'Tag: ["a"] is not a text'],
	])('%j', async (parameters, message) => {
		await expect(trigger(parameters).activate()).rejects.toMatchObject({ name: 'NodeOperationError', message });
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('Trigger with a failing API', () => {
	test('fails in the words of the API, and emits the missed events with the next poll', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now();
		harness.emulator.failNext({ answer: { status: 403, body: { code: 403, message: 'Not your streams' } } });

		await expect(poller.poll()).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'Not your streams',
			httpCode: '403',
		});
		expect((await poller.poll()).items).toHaveLength(1);
	});

	/** From now on, requests for details fail, with a Retry-After that is too long for a poll. */
	const failFor = (path: string): void => {
		harness.emulator.failNext({
			path: new RegExp(`${path}$`),
			times: Infinity,
			answer: { status: 500, headers: { 'retry-after': '3600' } },
		});
	};
	const heal = (): void => {
		harness.emulator.faults.length = 0;
	};
	/** The list of videos lacks tags, so that the trigger requests details. */
	const withoutTags = (): void => {
		const leaveOut = (key: string, value: unknown): unknown => (key === 'tags' ? undefined : value);
		const answer = (real: Answer): Answer => ({
			...real,
			body: JSON.parse(JSON.stringify(real.body, leaveOut)) as unknown,
		});
		harness.emulator.failNext({ path: /^\/contents$/, times: Infinity, answer });
	};

	test.each(['recorded', 'selected'])(
		'emits for the other streams if one fails, and for that one once it can be read: %s',
		async (streams) => {
			const broken = harness.emulator.addStream({ title: 'Sunday cup' });
			const events = ['livestreamWentLive', 'livestreamEnded'];
			const poller = trigger({ events, streams, streamIds: [broken.streamUUID, harness.stream.streamUUID] });
			await poller.activate();
			pass(MINUTE_MS);
			failFor(broken.streamUUID);
			goLive(broken);
			expect(await poller.poll()).toEqual({ items: undefined });
			harness.stream.endedAt = Date.now();
			pass(MINUTE_MS);
			expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
			heal();
			expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', broken.streamUUID]]);

			goLive(harness.stream);
			await poller.poll();
			failFor(broken.streamUUID);
			pass(MINUTE_MS);
			broken.endedAt = Date.now() - 20_000;
			for (let count = 1; count <= 4; count++) {
				expect(await poller.poll()).toEqual({ items: undefined });
				pass(MINUTE_MS);
			}
			heal();
			expect((await poller.poll()).items).toEqual([
				expect.objectContaining({
					event: 'livestreamEnded',
					streamId: broken.streamUUID,
					endTime: new Date(broken.endedAt).toISOString(),
					timesFrom: 'recording',
				}),
			]);
		},
	);

	test('treats a live stream without an ID in its details as unreadable', async () => {
		const broken = harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.emulator.failNext({
			path: new RegExp(broken.streamUUID),
			times: Infinity,
			answer: { status: 200, body: { data: {} } },
		});
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
	});

	test.each(['recorded', 'selected'])(
		'treats a stream unreadable at the first poll as already live: %s',
		async (streams) => {
			const events = ['livestreamWentLive', 'livestreamEnded'];
			const poller = trigger({ events, streams, streamIds: [harness.stream.streamUUID] });
			failFor(harness.stream.streamUUID);
			expect(await poller.activate()).toEqual({ items: undefined });
			pass(MINUTE_MS);
			heal();
			// n8n persists that it is live.
			expect(await poller.poll()).toEqual({ items: [] });
			pass(MINUTE_MS);
			goLive(harness.stream);
			expect(eventsOf((await poller.activate()).items)).toEqual([
				['livestreamEnded', harness.stream.streamUUID],
				['livestreamWentLive', harness.stream.streamUUID],
			]);
		},
	);

	test('fails if no details can be read, except at the first poll, which would unpublish the workflow', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		failFor(harness.stream.streamUUID);
		expect(await poller.activate()).toEqual({ items: undefined });
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
	});

	test('requests few details if all fail', async () => {
		for (let index = 0; index < 20; index++) harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		failFor('/livestreams/.+');
		const requests = await requestsOf(poller.poll().catch(() => undefined));
		// Those in flight when the fifth one fails.
		expect(requests.length).toBeLessThanOrEqual(1 + 5 + 4);
	});

	test('treats an unreadable stream as still live', async () => {
		harness.emulator.options.playlist = 'missing';
		const other = harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const streamIds = [harness.stream.streamUUID, other.streamUUID];
		const poller = trigger({ events: ['livestreamEnded'], streams: 'selected', streamIds });
		await poller.activate();
		failFor(harness.stream.streamUUID);
		pass(HOUR_MS);
		await poller.poll();
		const unreadAt = new Date(Date.now()).toISOString().slice(0, 16);
		heal();
		pass(MINUTE_MS);
		harness.stream.endedAt = Date.now() - 1;

		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ endTime: expect.stringMatching(`^${unreadAt}`), timesFrom: 'polls' }),
		]);
	});

	test('ends a stream that became unreadable during downtime at the restart of n8n at the latest', async () => {
		harness.emulator.options.playlist = 'missing';
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now() + 30 * MINUTE_MS;
		pass(HOUR_MS);
		failFor(harness.stream.streamUUID);
		const resumedAt = new Date(Date.now()).toISOString().slice(0, 16);
		expect(await poller.activate()).toEqual({ items: undefined });
		heal();
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ endTime: expect.stringMatching(`^${resumedAt}`), timesFrom: 'polls' }),
		]);
	});

	test('emits for the other videos if one fails, and for that one once it can be read', async () => {
		const poller = trigger({ events: ['clipReady', 'livestreamEnded'], filters: { tag: 'cup' } });
		withoutTags();
		await poller.activate();
		await harness.createClip({ title: 'Broken', additionalFields: { tags: 'cup' } });
		failFor(String(harness.emulator.clips[0]?.contentUUID));
		pass(MINUTE_MS);
		await expect(poller.poll()).rejects.toMatchObject({ httpCode: '500' });
		await harness.createClip({ additionalFields: { tags: 'cup' } });
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect((await poller.poll()).items).toEqual([
			expect.objectContaining({ event: 'livestreamEnded' }),
			expect.objectContaining({ event: 'clipReady', title: 'Goal' }),
		]);
		await poller.restart();
		heal();
		withoutTags();

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Broken' })]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('skips a poll that is due during the previous one', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now();

		const polls = await Promise.all([poller.poll(), poller.poll()]);

		expect(polls.map(({ items }) => items?.length)).toEqual([1, undefined]);
	});
});
