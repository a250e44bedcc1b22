import type { INodeParameters } from 'n8n-workflow';
import type { Stream } from '../emulator';
import { NOW } from './harness';
import { eventsOf, goLive, HOUR_MS, MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { harness, trigger } = useTrigger();

describe('Live Stream Went Live', () => {
	test('does not emit for streams already live; emits once when one goes live', async () => {
		const other = harness.emulator.addStream({ title: 'Sunday cup' });
		const poller = trigger({ events: ['livestreamWentLive'] });

		expect(await poller.activate()).toEqual({ items: undefined });
		pass(MINUTE_MS);
		goLive(other);
		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({
				event: 'livestreamWentLive',
				streamId: other.streamUUID,
				title: 'Sunday cup',
				live: true,
				recorded: true,
				activeSince: new Date(other.startedAt ?? 0).toISOString(),
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('emits for streams that are live at publishing with Include Existing', async () => {
		const poller = trigger({ events: ['livestreamWentLive'], options: { includeExisting: true } });

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', harness.stream.streamUUID]]);
	});

	test('emits for another broadcast of the same stream even if n8n did not run in between', async () => {
		const poller = trigger({ events: ['livestreamWentLive'] });
		await poller.activate();
		pass(HOUR_MS);
		goLive(harness.stream);

		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', harness.stream.streamUUID]]);
	});
});

describe('Live Stream Went Live for streams that become watched while live', () => {
	const events = ['livestreamWentLive', 'livestreamEnded'];
	const unrecorded = (): Stream => harness.emulator.addStream({ record: false, startedAt: NOW - 3 * HOUR_MS });
	const selected = (...streams: Stream[]): INodeParameters => ({
		streams: 'selected',
		streamIds: streams.map(({ streamUUID }) => streamUUID),
	});

	test.each<[string, (stream: Stream) => INodeParameters, (stream: Stream) => INodeParameters]>([
		['All instead of All Recorded', () => ({ streams: 'recorded' }), () => ({ streams: 'all' })],
		['Selected instead of All Recorded', () => ({ streams: 'recorded' }), selected],
		['another stream selected', () => selected(harness.stream), (stream) => selected(harness.stream, stream)],
		['All Recorded instead of Selected', selected, () => ({ streams: 'recorded' })],
	])('does not emit: %s', async (_change, before, after) => {
		const stream = unrecorded();
		const poller = trigger({ events, ...before(stream) });
		await poller.activate();
		pass(MINUTE_MS);
		poller.parameters = { events, ...after(stream) };
		expect((await poller.activate()).items ?? []).toEqual([]);
		expect((await poller.poll()).items ?? []).toEqual([]);
		pass(MINUTE_MS);
		for (const ended of [stream, harness.stream]) ended.endedAt = Date.now() - 1;
		const watched = after(stream).streams === 'recorded' ? [harness.stream] : [stream];
		for (const { streamUUID } of watched) {
			expect(eventsOf((await poller.poll()).items)).toContainEqual(['livestreamEnded', streamUUID]);
		}
	});

	test('emits with Include Existing', async () => {
		const stream = unrecorded();
		const options = { includeExisting: true };
		const poller = trigger({ events, options });
		await poller.activate();
		poller.parameters = { events, streams: 'all', options };
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('emits if they were selected before and went live in between', async () => {
		const stream = harness.emulator.addStream({ title: 'Sunday cup' });
		const poller = trigger({ events, ...selected(stream) });
		await poller.activate();
		pass(HOUR_MS);
		goLive(stream);
		poller.parameters = { events, streams: 'recorded' };
		expect(eventsOf((await poller.activate()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('emits for a stream created and live between two polls', async () => {
		const poller = trigger({ events });
		await poller.activate();
		pass(MINUTE_MS);
		const stream = harness.emulator.addStream({ startedAt: Date.now() - 1000 });
		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', stream.streamUUID]]);
	});

	test('does not emit an end when they are no longer watched', async () => {
		unrecorded();
		const poller = trigger({ events, streams: 'all' });
		await poller.activate();
		poller.parameters = { events, streams: 'recorded' };
		await poller.activate();
		for (let count = 1; count <= 4; count++) {
			pass(MINUTE_MS);
			expect((await poller.poll()).items ?? []).toEqual([]);
		}
	});
});
