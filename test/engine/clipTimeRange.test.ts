import type { INodeParameters } from 'n8n-workflow';
import { at, LIVE_SINCE, locator, NOW, useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** The requested times, in epoch seconds. */
async function sent(parameters: INodeParameters): Promise<{ startTime: number; endTime: number; error?: string }> {
	const { error } = await harness.createClip(parameters);
	const [body] = harness.created() as Array<{ startTime: number; endTime: number }>;
	return { startTime: body?.startTime ?? 0, endTime: body?.endTime ?? 0, ...(error && { error: error.message }) };
}

/** A stream that was live for two hours and ended an hour ago. */
const ended = () => harness.emulator.addStream({ startedAt: NOW - 3 * HOUR, endedAt: NOW - HOUR });

describe('Around a Moment', () => {
	it('cuts from before to after the moment', async () => {
		const parameters = { timeRange: 'aroundMoment', moment: '2026-11-23T20:30:00Z', before: '20s', after: '10s' };
		expect(await sent(parameters)).toEqual({ startTime: at('20:29:40'), endTime: at('20:30:10') });
	});

	it('defaults to 20 seconds before and 10 after', async () => {
		const parameters = { timeRange: 'aroundMoment', moment: at('20:30:00') };
		expect(await sent(parameters)).toEqual({ startTime: at('20:29:40'), endTime: at('20:30:10') });
	});
});

describe('Last Seconds', () => {
	it('ends now for a live stream, in whole seconds', async () => {
		const { startTime, endTime, error } = await sent({ timeRange: 'lastSeconds', duration: '45s' });
		expect(error).toBeUndefined();
		expect(endTime - startTime).toBe(45);
		expect(endTime).toBeGreaterThanOrEqual(NOW / 1000);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('is shifted back by Stream Latency', async () => {
		const { startTime, endTime } = await sent({
			timeRange: 'lastSeconds',
			duration: 30,
			options: { streamLatency: '8s' },
		});
		expect(endTime - startTime).toBe(30);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000 - 8);
	});

	it('ends with a finished stream, as in its playlist', async () => {
		const parameters = { timeRange: 'lastSeconds', duration: '60s', streamId: locator(ended().streamUUID) };
		const endTime = (NOW - HOUR) / 1000;
		expect(await sent(parameters)).toEqual({ startTime: endTime - 60, endTime });
	});

	it('ends at Stream End for a finished stream', async () => {
		harness.emulator.options.playlist = 'plain';
		const parameters = { timeRange: 'lastSeconds', duration: '60s', streamId: locator(ended().streamUUID) };
		const endTime = (NOW - HOUR) / 1000;
		expect(await sent({ ...parameters, options: { streamEnd: iso(NOW - HOUR) } })).toEqual({
			startTime: endTime - 60,
			endTime,
		});
	});

	it.each(['plain', 'missing'] as const)('rejects a finished stream without a known end (%s)', async (playlist) => {
		harness.emulator.options.playlist = playlist;
		const { error } = await sent({ timeRange: 'lastSeconds', streamId: locator(ended().streamUUID) });
		expect(error).toBe('Stream End: Videograph does not report when the broadcast ended');
		expect(harness.created()).toEqual([]);
	});

	it('requests the stream once for all items', async () => {
		await harness.createClip({ timeRange: 'lastSeconds' }, { input: [{}, {}, {}] });
		expect(harness.emulator.requests.map(({ method }) => method).sort()).toEqual(['GET', 'POST', 'POST', 'POST']);
	});
});

describe('Offset From Stream Start', () => {
	const offsets = { timeRange: 'offset', startOffset: '12m30s', endOffset: '00:13:00' };

	it('counts from the time the stream went live', async () => {
		const start = LIVE_SINCE / 1000;
		expect(await sent(offsets)).toEqual({ startTime: start + 750, endTime: start + 780 });
	});

	it('counts from the start of the recording of a finished stream', async () => {
		const start = (NOW - 3 * HOUR) / 1000;
		expect(await sent({ ...offsets, streamId: locator(ended().streamUUID) })).toEqual({
			startTime: start + 750,
			endTime: start + 780,
		});
	});

	it('counts from Stream Start, without a request', async () => {
		const start = (NOW - 2 * HOUR) / 1000;
		expect(await sent({ ...offsets, options: { streamStart: iso(NOW - 2 * HOUR) } })).toEqual({
			startTime: start + 750,
			endTime: start + 780,
		});
		expect(harness.emulator.requests).toHaveLength(1);
	});

	it.each(['plain', 'sliding', 'missing'] as const)('rejects a stream without a known start (%s)', async (playlist) => {
		harness.emulator.options.playlist = playlist;
		const { error } = await sent({ ...offsets, streamId: locator(ended().streamUUID) });
		expect(error).toBe('Stream Start: Videograph does not report when the broadcast started');
	});

	it('rejects an end before its start, without a request', async () => {
		const { error } = await sent({ ...offsets, endOffset: '12m' });
		expect(error).toBe('End Offset: the clip would end at or before its start');
		expect(harness.emulator.requests).toEqual([]);
	});

	it('rejects an offset that the stream has not reached', async () => {
		const { error } = await sent({ ...offsets, startOffset: '3h', endOffset: '3h1m' });
		expect(error).toMatch(/^End Offset: the clip would end in the future, at 2026-11-23T21:01:00/);
		expect(harness.created()).toEqual([]);
	});
});

describe('Whole Recording', () => {
	it('of a live stream reaches from its start to now', async () => {
		const { startTime, endTime } = await sent({ timeRange: 'wholeRecording' });
		expect(startTime).toBe(LIVE_SINCE / 1000);
		expect(endTime).toBeGreaterThanOrEqual(NOW / 1000);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('of a finished stream reaches from its start to its end', async () => {
		const parameters = { timeRange: 'wholeRecording', streamId: locator(ended().streamUUID) };
		expect(await sent(parameters)).toEqual({ startTime: (NOW - 3 * HOUR) / 1000, endTime: (NOW - HOUR) / 1000 });
	});

	it('uses the options Stream Start and Stream End', async () => {
		harness.emulator.options.playlist = 'missing';
		const options = { streamStart: iso(NOW - 3 * HOUR), streamEnd: iso(NOW - HOUR) };
		const parameters = { timeRange: 'wholeRecording', streamId: locator(ended().streamUUID), options };
		expect(await sent(parameters)).toEqual({ startTime: (NOW - 3 * HOUR) / 1000, endTime: (NOW - HOUR) / 1000 });
	});
});

describe('start outside the recording window of 12 hours', () => {
	it('is rejected without a request', async () => {
		const { error } = await sent({ startTime: '2026-11-23T08:30:00Z', endTime: '2026-11-23T08:31:00Z' });
		expect(error).toBe('Start Time: the clip would start more than 12 hours ago, at 2026-11-23T08:30:00.000Z');
		expect(harness.emulator.requests).toEqual([]);
	});
});

describe('End in the Future', () => {
	const soon = () => ({ startTime: iso(NOW - 20_000), endTime: iso(NOW + 3000) });

	it('is rejected without a request', async () => {
		const { error } = await sent(soon());
		expect(error).toBe('End Time: the clip would end in the future, at 2026-11-23T20:31:03.000Z');
		expect(harness.emulator.requests).toEqual([]);
	});

	it('is set to now with End Clip Now', async () => {
		const { startTime, endTime } = await sent({ ...soon(), options: { endInFuture: 'cut' } });
		expect(startTime).toBe(NOW / 1000 - 20);
		expect(endTime).toBeGreaterThanOrEqual(NOW / 1000);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('is awaited with Wait', async () => {
		const range = await sent({ ...soon(), options: { endInFuture: 'wait' } });
		expect(range).toEqual({ startTime: NOW / 1000 - 20, endTime: NOW / 1000 + 3 });
		expect(Date.now()).toBeGreaterThan(NOW + 3000);
	});

	it('an end at this moment is accepted once its second has passed', async () => {
		// The emulator refuses any end in its future.
		const { startTime, endTime, error } = await sent({ startTime: iso(NOW - 20_000), endTime: '={{ $now }}' });
		expect(error).toBeUndefined();
		expect(startTime).toBe(NOW / 1000 - 20);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('is not awaited if it is more than a day away', async () => {
		const day = 24 * HOUR;
		const { error } = await sent({
			startTime: iso(NOW + day),
			endTime: iso(NOW + day + 60_000),
			options: { endInFuture: 'wait' },
		});
		expect(error).toBe('End Time: the clip would end in more than a day, at 2026-11-24T20:32:00.000Z');
	});

	it('cannot be set to now if the start is in the future too', async () => {
		const { error } = await sent({
			startTime: iso(NOW + 60_000),
			endTime: iso(NOW + 90_000),
			options: { endInFuture: 'cut' },
		});
		expect(error).toBe('End Time: the clip would end at or before its start');
	});
});
