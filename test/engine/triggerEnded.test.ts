import type { Stream } from '../emulator';
import { LIVE_SINCE, NOW, useHarness } from './harness';
import { Poller } from './poller';
import { eventsOf, goLive, HOUR_MS, MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { harness, trigger } = useTrigger();

describe('Live Stream Ended', () => {
	test('has the times of the recording', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		harness.stream.endedAt = Date.now() + 20_000;
		pass(MINUTE_MS);
		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({
				event: 'livestreamEnded',
				streamId: harness.stream.streamUUID,
				live: false,
				startTime: new Date(LIVE_SINCE).toISOString(),
				endTime: new Date(harness.stream.endedAt).toISOString(),
				duration: (harness.stream.endedAt - LIVE_SINCE) / 1000,
				timesFrom: 'recording',
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('does not have the times of a later broadcast that no poll saw', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(HOUR_MS);
		harness.stream.startedAt = Date.now() - 20 * MINUTE_MS;
		harness.stream.endedAt = Date.now() - 10 * MINUTE_MS;
		const [item] = (await poller.poll()).items ?? [];

		expect(item).toMatchObject({ startTime: new Date(LIVE_SINCE).toISOString(), timesFrom: 'polls' });
		expect(item?.endTime).toMatch(new RegExp(`^${new Date(NOW).toISOString().slice(0, 16)}`));
	});

	test('starts an empty execution to save the start of a stream', async () => {
		harness.stream.endedAt = Date.now();
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		goLive(harness.stream);

		expect(await poller.poll()).toEqual({ items: [] });

		harness.stream.endedAt = Date.now() + HOUR_MS;
		pass(2 * HOUR_MS);
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamEnded', harness.stream.streamUUID]]);
	});
});

describe('Live Stream Ended during a poll', () => {
	test('emits with the next poll for a stream seen live', async () => {
		const stream = harness.emulator.addStream({ title: 'Short' });
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		pass(MINUTE_MS);
		goLive(stream);
		const before = harness.emulator.requests.length;
		const isRequested = (): boolean =>
			harness.emulator.requests.slice(before).some(({ path }) => path === `/livestreams/${stream.streamUUID}`);
		// It ends between the list and the request for details.
		Object.defineProperty(stream, 'endedAt', { get: () => (isRequested() ? Date.now() - 1 : null) });

		expect(await poller.poll()).toEqual({ items: [] });
		pass(MINUTE_MS);
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamEnded', stream.streamUUID]]);
	});
});

describe('Live Stream Ended for a deleted live stream', () => {
	test('emits once the stream has been missing for a while', async () => {
		const poller = trigger({ events: ['livestreamEnded'] });
		await poller.activate();
		const lastSeen = new Date(Date.now()).toISOString().slice(0, 16);
		harness.stream.deletedAt = Date.now();
		(harness.emulator.streams as Stream[]).length = 0;
		const polls = [];
		for (let count = 1; count <= 4; count++) {
			pass(MINUTE_MS);
			polls.push((await poller.poll()).items);
		}

		expect(polls).toEqual([
			undefined,
			undefined,
			[
				expect.objectContaining({
					title: 'Saturday derby',
					endTime: expect.stringMatching(`^${lastSeen}`),
					timesFrom: 'polls',
				}),
			],
			undefined,
		]);
	});
});

describe('Live Stream Ended without recording times', () => {
	const blind = useHarness({ playlist: 'missing', activeSince: false });

	test('ends at the last poll that saw the stream live, and starts at the first', async () => {
		const poller = new Poller(blind.engine, blind.credential, { events: ['livestreamEnded'] });
		blind.stream.startedAt = null;
		await poller.activate();
		pass(10_000);
		goLive(blind.stream);
		const seenMs = [];
		for (let count = 1; count <= 2; count++) {
			pass(MINUTE_MS);
			seenMs.push(Date.now());
			await poller.poll();
		}
		blind.stream.endedAt = Date.now() + 1;
		pass(MINUTE_MS);
		const [item] = (await poller.poll()).items ?? [];

		expect(item).toMatchObject({ timesFrom: 'polls' });
		const [start, end] = seenMs.map((time) => new Date(time).toISOString().slice(0, 19));
		expect([item?.startTime, item?.endTime]).toEqual([
			expect.stringContaining(start ?? '?'),
			expect.stringContaining(end ?? '?'),
		]);
	});

	test.each(['livestreamWentLive', 'recordingExpiresSoon'])(
		'%s emits for another broadcast, too, even if n8n did not run when it started',
		async (event) => {
			const poller = new Poller(blind.engine, blind.credential, {
				events: [event],
				options: { includeExisting: true },
			});
			const emitted = eventsOf((await poller.activate()).items);
			blind.stream.endedAt = Date.now();
			pass(MINUTE_MS);
			// n8n persists that the first one is over.
			expect(await poller.poll()).toEqual({ items: [] });
			pass(HOUR_MS);
			goLive(blind.stream);
			emitted.push(...eventsOf((await poller.activate()).items));
			for (let hours = 1; hours <= 12; hours++) {
				pass(HOUR_MS);
				emitted.push(...eventsOf((await poller.poll()).items));
			}

			expect(emitted).toEqual([1, 2].map(() => [event, blind.stream.streamUUID]));
		},
	);
});
