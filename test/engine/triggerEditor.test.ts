import { MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { harness, trigger } = useTrigger();

describe('Fetch Test Event', () => {
	test('returns an item of each selected event', async () => {
		await harness.createClip();
		harness.emulator.addVideo();
		pass(MINUTE_MS);
		const events = [
			'livestreamWentLive',
			'livestreamEnded',
			'recordingExpiresSoon',
			'clipReady',
			'videoReady',
			'videoFailed',
		];

		const items = await trigger({ events }).test();

		expect(items.map(({ event }) => event).sort()).toEqual(events.filter((event) => event !== 'videoFailed').sort());
	});

	test('explains why there is no test data', async () => {
		await expect(trigger({ events: ['videoFailed'] }).test()).rejects.toMatchObject({
			message: 'No test data found for the selected events',
			description: expect.stringContaining('You can publish the workflow anyway'),
		});
	});
});

describe('Trigger list of Live Stream Names or IDs', () => {
	test('contains recorded streams, live ones first', async () => {
		const other = harness.emulator.addStream({ title: 'Sunday cup' });

		expect(await harness.engine.loadOptions('videographTrigger', 'getLivestreams', harness.credential)).toEqual([
			{ name: 'Saturday derby (live)', value: harness.stream.streamUUID },
			{ name: 'Sunday cup', value: other.streamUUID },
		]);
	});
});
