import type { INodeParameters } from 'n8n-workflow';
import { Poller } from './poller';
import { eventsOf, goLive, HOUR_MS, MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { harness, requestsOf, trigger } = useTrigger();

describe('Trigger requests per poll', () => {
	test('are one for all streams, plus one per stream that is live or has just ended', async () => {
		const streams = Array.from({ length: 10 }, (_, index) => harness.emulator.addStream({ title: `Stream ${index}` }));
		const poller = trigger({ events: ['livestreamWentLive', 'livestreamEnded', 'recordingExpiresSoon'] });
		await poller.activate();
		const live = `/livestreams/${harness.stream.streamUUID}`;
		expect(await requestsOf(poller.poll())).toEqual(['/livestreams', live]);
		for (const stream of streams.slice(0, 3)) goLive(stream);
		expect(await requestsOf(poller.poll())).toHaveLength(5);
		harness.stream.endedAt = Date.now();
		expect(await requestsOf(poller.poll())).toHaveLength(5);
		expect(await requestsOf(poller.poll())).toHaveLength(4);
	});

	test('are one per selected stream', async () => {
		const poller = trigger({
			events: ['livestreamEnded'],
			streams: 'selected',
			streamIds: [harness.stream.streamUUID],
		});
		expect(await requestsOf(poller.activate())).toEqual([`/livestreams/${harness.stream.streamUUID}`]);
	});
});

describe('Trigger with durable poll cursors', () => {
	const durable = (parameters: INodeParameters): Poller =>
		new Poller(harness.engine, harness.credential, parameters, { storage: 'cursor' });
	const unreadable = (): void => {
		const path = new RegExp(`^/livestreams/${harness.stream.streamUUID}$`);
		harness.emulator.failNext({ path, times: Infinity, answer: { status: 403 } });
	};

	test('fail if no details can be read, at each poll', async () => {
		const poller = durable({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		await poller.poll();
		unreadable();
		for (let count = 1; count <= 3; count++) {
			pass(MINUTE_MS);
			await expect(poller.poll()).rejects.toMatchObject({ httpCode: '403' });
		}
		harness.emulator.faults.length = 0;
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
	});

	test('do not fail at the first poll', async () => {
		unreadable();
		const poller = durable({ events: ['livestreamEnded'] });
		expect(await poller.activate()).toEqual({ items: undefined });
	});

	test.each(['staticData', 'cursor'] as const)(
		'end a stream when last seen live, or now after downtime: %s',
		async (storage) => {
			harness.emulator.options.playlist = 'missing';
			const parameters = { events: ['livestreamEnded'] };
			const poller = new Poller(harness.engine, harness.credential, parameters, { storage });
			await poller.activate();
			pass(MINUTE_MS);
			await poller.poll();
			const seenAt = new Date(Date.now()).toISOString().slice(0, 16);
			pass(MINUTE_MS);
			harness.stream.endedAt = Date.now() - 1;
			const ended = (await poller.poll()).items;
			expect(ended).toEqual([
				expect.objectContaining({ endTime: expect.stringMatching(`^${seenAt}`), timesFrom: 'polls' }),
			]);

			goLive(harness.stream);
			pass(MINUTE_MS);
			await poller.poll();
			pass(HOUR_MS);
			harness.stream.endedAt = Date.now() - 1;
			const resumedAt = new Date(Date.now()).toISOString().slice(0, 16);
			expect((await poller.restart()).items).toEqual([
				expect.objectContaining({ endTime: expect.stringMatching(`^${resumedAt}`), timesFrom: 'polls' }),
			]);
		},
	);
});
