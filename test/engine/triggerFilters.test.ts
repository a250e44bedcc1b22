import { LIVE_SINCE, locator, NOW } from './harness';
import { eventsOf, goLive, MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { harness, trigger } = useTrigger();

describe('Trigger filters', () => {
	test('Title Contains and Tag must both match', async () => {
		const poller = trigger({ events: ['clipReady'], filters: { titleContains: 'GOAL', tag: 'home' } });
		await poller.activate();
		await harness.createClip({ additionalFields: { tags: 'home, cup' } });
		await harness.createClip({ title: 'Save', additionalFields: { tags: 'home' } });
		await harness.createClip({ title: 'Goal 2', additionalFields: { tags: 'away' } });
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Goal' })]);
	});

	test('do not emit for a live stream with another title', async () => {
		const poller = trigger({ events: ['livestreamEnded'], filters: { titleContains: 'sunday' } });
		await poller.activate();
		harness.stream.endedAt = Date.now();
		pass(MINUTE_MS);

		expect(await poller.poll()).toEqual({ items: undefined });
	});

	test('emit only clips of selected live streams', async () => {
		const other = harness.emulator.addStream({ startedAt: LIVE_SINCE });
		const selected = { streams: 'selected', streamIds: [other.streamUUID] };
		const poller = trigger({ events: ['clipReady'], ...selected });
		await poller.activate();
		await harness.createClip();
		await harness.createClip({ streamId: locator(other.streamUUID), title: 'Theirs' });
		pass(MINUTE_MS);

		expect((await poller.poll()).items).toEqual([expect.objectContaining({ title: 'Theirs' })]);
	});

	test('watch live streams that are not recorded with All, and emit no expiry for them', async () => {
		const unrecorded = harness.emulator.addStream({ record: false });
		const poller = trigger({ events: ['livestreamWentLive', 'recordingExpiresSoon'], streams: 'all', hoursBefore: 12 });
		await poller.activate();
		goLive(unrecorded);

		expect(eventsOf((await poller.poll()).items)).toEqual([['livestreamWentLive', unrecorded.streamUUID]]);
	});

	test('emit no expiry for a selected live stream that is not recorded, either', async () => {
		const unrecorded = harness.emulator.addStream({ record: false, startedAt: NOW - MINUTE_MS });
		const streamIds = [unrecorded.streamUUID, harness.stream.streamUUID];
		const poller = trigger({ events: ['recordingExpiresSoon'], streams: 'selected', streamIds, hoursBefore: 12 });

		expect(eventsOf((await poller.activate()).items)).toEqual([['recordingExpiresSoon', harness.stream.streamUUID]]);
	});
});
