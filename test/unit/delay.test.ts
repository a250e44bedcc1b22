import { delay } from '../../nodes/Videograph/utils/delay';

afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
	jest.resetModules();
});

/** `delay` with another `sleep` of n8n. */
function delayWith(sleep: (milliseconds: number) => Promise<void>): typeof delay {
	let loaded: { delay?: typeof delay } = {};
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => ({ sleep }));
		loaded = jest.requireActual('../../nodes/Videograph/utils/delay');
	});
	return loaded.delay ?? delay;
}

describe('delay', () => {
	it('resolves to true when the time has passed', async () => {
		jest.useFakeTimers();
		const delays = Promise.all([delay(20_000), delay(30_000, new AbortController().signal)]);
		await jest.advanceTimersByTimeAsync(30_000);
		expect(await delays).toEqual([true, true]);
	});

	it.each([0, -5])('resolves at once for %d milliseconds', async (milliseconds) => {
		expect(await delay(milliseconds)).toBe(true);
		expect(await delay(milliseconds, AbortSignal.abort())).toBe(false);
		expect(await delay(60_000, AbortSignal.abort())).toBe(false);
	});

	it('resolves to false when the signal aborts, without a timer that runs on', async () => {
		jest.useFakeTimers();
		const stop = new AbortController();
		const delayed = delay(60_000, stop.signal);
		stop.abort();
		expect(await delayed).toBe(false);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('resolves to false when the signal aborts, with the sleep of older n8n versions', async () => {
		const stop = new AbortController();
		const delayed = delayWith(async () => await new Promise(() => undefined))(60_000, stop.signal);
		stop.abort();
		expect(await delayed).toBe(false);
	});

	it('leaves no listener on the signal', async () => {
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		const removed = jest.spyOn(signal, 'removeEventListener');
		expect(await delay(1, signal)).toBe(true);
		expect(added.mock.calls.length).toBeGreaterThan(0);
		expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
	});

	it('sleeps several times if the time exceeds the longest timer', async () => {
		let now = 0;
		const slept: number[] = [];
		jest.spyOn(Date, 'now').mockImplementation(() => now);
		const sleep = (milliseconds: number) => {
			slept.push(milliseconds);
			now += milliseconds;
			return Promise.resolve();
		};
		expect(await delayWith(sleep)(2 ** 31 + 9)).toBe(true);
		expect(slept).toEqual([2 ** 31 - 1, 10]);
	});
});
