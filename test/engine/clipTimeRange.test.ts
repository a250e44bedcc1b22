import type { INodeParameters } from 'n8n-workflow';
import { at, LIVE_SINCE, locator, NOW, useScene } from './scene';

const scene = useScene({ createAnswer: 'clipUUID' });
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** The times that were sent, in epoch seconds. */
async function sent(parameters: INodeParameters): Promise<{ startTime: number; endTime: number; error?: string }> {
	const { error } = await scene.createClip(parameters);
	const [body] = scene.created() as Array<{ startTime: number; endTime: number }>;
	return { startTime: body?.startTime ?? 0, endTime: body?.endTime ?? 0, ...(error && { error: error.message }) };
}

/** A stream that was live for the two hours before the last one. */
const ended = () => scene.emulator.addStream({ startedAt: NOW - 3 * HOUR, endedAt: NOW - HOUR });

describe('around a moment', () => {
	it('takes what came before and after', async () => {
		const parameters = { timeRange: 'aroundMoment', moment: '2026-11-23T20:30:00Z', before: '20s', after: '10s' };
		expect(await sent(parameters)).toEqual({ startTime: at('20:29:40'), endTime: at('20:30:10') });
	});

	it('takes 20 seconds before and 10 after by itself', async () => {
		const parameters = { timeRange: 'aroundMoment', moment: at('20:30:00') };
		expect(await sent(parameters)).toEqual({ startTime: at('20:29:40'), endTime: at('20:30:10') });
	});
});

describe('last seconds', () => {
	it('of a live stream end now, in whole seconds', async () => {
		const { startTime, endTime, error } = await sent({ timeRange: 'lastSeconds', duration: '45s' });
		expect(error).toBeUndefined();
		expect(endTime - startTime).toBe(45);
		expect(endTime).toBeGreaterThanOrEqual(NOW / 1000);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('are cut earlier by the latency of the stream', async () => {
		const { startTime, endTime } = await sent({ timeRange: 'lastSeconds', duration: 30, options: { latency: '8s' } });
		expect(endTime - startTime).toBe(30);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000 - 8);
	});

	it('of a stream that is over end with it, as its playlist tells', async () => {
		const parameters = { timeRange: 'lastSeconds', duration: '60s', streamId: locator(ended().streamUUID) };
		const endTime = (NOW - HOUR) / 1000;
		expect(await sent(parameters)).toEqual({ startTime: endTime - 60, endTime });
	});

	it('of a stream that is over end where Stream End says', async () => {
		scene.emulator.options.playlist = 'plain';
		const parameters = { timeRange: 'lastSeconds', duration: '60s', streamId: locator(ended().streamUUID) };
		const endTime = (NOW - HOUR) / 1000;
		expect(await sent({ ...parameters, options: { streamEnd: iso(NOW - HOUR) } })).toEqual({ startTime: endTime - 60, endTime });
	});

	it.each(['plain', 'missing'] as const)('of a stream that is over are refused where nothing tells its end (%s)', async (playlist) => {
		scene.emulator.options.playlist = playlist;
		const { error } = await sent({ timeRange: 'lastSeconds', streamId: locator(ended().streamUUID) });
		expect(error).toBe('Stream End: the stream is not live, and when it ended is not known to the API');
		expect(scene.created()).toEqual([]);
	});

	it('ask for the stream once for all items', async () => {
		await scene.createClip({ timeRange: 'lastSeconds' }, { input: [{}, {}, {}] });
		expect(scene.emulator.requests.map(({ method }) => method).sort()).toEqual(['GET', 'POST', 'POST', 'POST']);
	});
});

describe('an offset from the start of the stream', () => {
	const offsets = { timeRange: 'offset', startOffset: '12m30s', endOffset: '00:13:00' };

	it('counts from when the stream went live', async () => {
		const start = LIVE_SINCE / 1000;
		expect(await sent(offsets)).toEqual({ startTime: start + 750, endTime: start + 780 });
	});

	it('counts from the beginning of the recording of a stream that is over', async () => {
		const start = (NOW - 3 * HOUR) / 1000;
		expect(await sent({ ...offsets, streamId: locator(ended().streamUUID) })).toEqual({ startTime: start + 750, endTime: start + 780 });
	});

	it('counts from Stream Start, without asking', async () => {
		const start = (NOW - 2 * HOUR) / 1000;
		expect(await sent({ ...offsets, options: { streamStart: iso(NOW - 2 * HOUR) } })).toEqual({ startTime: start + 750, endTime: start + 780 });
		expect(scene.emulator.requests).toHaveLength(1);
	});

	it.each(['plain', 'sliding', 'missing'] as const)('is refused where nothing tells the start (%s)', async (playlist) => {
		scene.emulator.options.playlist = playlist;
		const { error } = await sent({ ...offsets, streamId: locator(ended().streamUUID) });
		expect(error).toBe('Stream Start: when the stream began is not known to the API');
	});

	it('is refused at once where it ends before it begins', async () => {
		const { error } = await sent({ ...offsets, endOffset: '12m' });
		expect(error).toBe('End Offset: the clip would end at or before its start');
		expect(scene.emulator.requests).toEqual([]);
	});

	it('is refused where the stream has not come so far', async () => {
		const { error } = await sent({ ...offsets, startOffset: '3h', endOffset: '3h1m' });
		expect(error).toMatch(/^End Offset: the clip would end in the future, at 2026-11-23T21:01:00/);
		expect(scene.created()).toEqual([]);
	});
});

describe('the whole recording', () => {
	it('of a live stream reaches from its start to now', async () => {
		const { startTime, endTime } = await sent({ timeRange: 'wholeRecording' });
		expect(startTime).toBe(LIVE_SINCE / 1000);
		expect(endTime).toBeGreaterThanOrEqual(NOW / 1000);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('of a stream that is over reaches from its start to its end', async () => {
		const parameters = { timeRange: 'wholeRecording', streamId: locator(ended().streamUUID) };
		expect(await sent(parameters)).toEqual({ startTime: (NOW - 3 * HOUR) / 1000, endTime: (NOW - HOUR) / 1000 });
	});

	it('takes start and end from the options', async () => {
		scene.emulator.options.playlist = 'missing';
		const options = { streamStart: iso(NOW - 3 * HOUR), streamEnd: iso(NOW - HOUR) };
		const parameters = { timeRange: 'wholeRecording', streamId: locator(ended().streamUUID), options };
		expect(await sent(parameters)).toEqual({ startTime: (NOW - 3 * HOUR) / 1000, endTime: (NOW - HOUR) / 1000 });
	});
});

describe('a start more than 12 hours ago', () => {
	it('is refused without a request', async () => {
		const { error } = await sent({ startTime: '2026-11-23T08:30:00Z', endTime: '2026-11-23T08:31:00Z' });
		expect(error).toBe('Start Time: the clip would begin more than 12 hours ago, at 2026-11-23T08:30:00.000Z');
		expect(scene.emulator.requests).toEqual([]);
	});
});

describe('an end in the future', () => {
	const soon = () => ({ startTime: iso(NOW - 20_000), endTime: iso(NOW + 3000) });

	it('is refused without a request', async () => {
		const { error } = await sent(soon());
		expect(error).toBe('End Time: the clip would end in the future, at 2026-11-23T20:31:03.000Z');
		expect(scene.emulator.requests).toEqual([]);
	});

	it('is cut at now where the option says so', async () => {
		const { startTime, endTime } = await sent({ ...soon(), options: { endInFuture: 'cut' } });
		expect(startTime).toBe(NOW / 1000 - 20);
		expect(endTime).toBeGreaterThanOrEqual(NOW / 1000);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('is waited for where the option says so', async () => {
		const range = await sent({ ...soon(), options: { endInFuture: 'wait' } });
		expect(range).toEqual({ startTime: NOW / 1000 - 20, endTime: NOW / 1000 + 3 });
		expect(Date.now()).toBeGreaterThan(NOW + 3000);
	});

	it('is none where it is now, but the whole second that is sent is waited for', async () => {
		// The emulator refuses any end that lies in its future.
		const { startTime, endTime, error } = await sent({ startTime: iso(NOW - 20_000), endTime: '={{ $now }}' });
		expect(error).toBeUndefined();
		expect(startTime).toBe(NOW / 1000 - 20);
		expect(endTime).toBeLessThanOrEqual(Date.now() / 1000);
	});

	it('is not waited for where it is more than a day away', async () => {
		const day = 24 * HOUR;
		const { error } = await sent({ startTime: iso(NOW + day), endTime: iso(NOW + day + 60_000), options: { endInFuture: 'wait' } });
		expect(error).toBe('End Time: the clip would end in more than a day, at 2026-11-24T20:32:00.000Z');
	});

	it('cannot be cut where the start is in the future too', async () => {
		const { error } = await sent({
			startTime: iso(NOW + 60_000),
			endTime: iso(NOW + 90_000),
			options: { endInFuture: 'cut' },
		});
		expect(error).toBe('End Time: the clip would end at or before its start');
	});
});
