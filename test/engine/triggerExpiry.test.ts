import { LIVE_SINCE, NOW } from './harness';
import { HOUR_MS, MINUTE_MS, pass, useTrigger } from './triggerHarness';

const { trigger } = useTrigger();

describe('Recording Expires Soon', () => {
	test('emits once, Hours Before Expiry', async () => {
		const poller = trigger({ events: ['recordingExpiresSoon'], hoursBefore: 3 });
		await poller.activate();
		pass(LIVE_SINCE + 9 * HOUR_MS - MINUTE_MS - NOW);
		expect(await poller.poll()).toEqual({ items: undefined });
		pass(2 * MINUTE_MS);
		const { items } = await poller.poll();

		expect(items).toEqual([
			expect.objectContaining({
				event: 'recordingExpiresSoon',
				startTime: new Date(LIVE_SINCE).toISOString(),
				endTime: null,
				expiresAt: new Date(LIVE_SINCE + 12 * HOUR_MS).toISOString(),
				hoursLeft: 2.98,
			}),
		]);
		expect(await poller.poll()).toEqual({ items: undefined });
	});
});
