import type { INodeParameters } from 'n8n-workflow';
import { useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

/** Stops the execution after a number of milliseconds, or on a condition. @returns how long it continued after that */
async function stopped(when: number | (() => boolean), parameters: INodeParameters, count = 1) {
	const stop = new AbortController();
	let stoppedAt = 0;
	const end = () => {
		stoppedAt = Date.now();
		stop.abort();
	};
	if (typeof when === 'number') {
		setTimeout(end, when);
	} else {
		const looks = setInterval(() => {
			if (!when()) return;
			clearInterval(looks);
			end();
		}, 10);
	}
	const result = await harness.createClip(
		{ title: '=Goal {{ $json.index }}', ...parameters },
		{ input: numbered(count), stop: stop.signal },
	);
	return { ...result, lastedMs: Date.now() - stoppedAt };
}

describe('Stop', () => {
	it('ends the pool: sends nothing more, and returns the created clips', async () => {
		harness.emulator.options.latencyMs = 200;
		// With concurrency 2, the fifth is sent once three are done.
		const isFifth = () => harness.emulator.requests.length >= 5;
		const { lastedMs, items } = await stopped(isFifth, { options: { concurrency: 2 } }, 100);
		expect(lastedMs).toBeLessThan(1000);
		const made = harness.emulator.clips.length;
		expect(made).toBeLessThan(20);
		expect(items.length).toBeGreaterThan(0);
		const ids = harness.emulator.clips.map(({ clipUUID }) => clipUUID);
		for (const { json } of items) expect(ids).toContain(json.clipId);
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(harness.emulator.clips.length).toBeLessThanOrEqual(made + 2);
	});

	it('ends a rate limit wait', async () => {
		const answer = { status: 429, headers: { 'retry-after': '50' }, body: { code: 429, message: 'Slow down' } };
		harness.emulator.failNext({ method: 'POST', answer });
		const { lastedMs } = await stopped(500, {}, 3);
		expect(lastedMs).toBeLessThan(1000);
	});

	it('ends the wait for clips, and returns them as they are', async () => {
		harness.emulator.options.readyAfterMs = 600_000;
		const { lastedMs, items } = await stopped(1000, { waitUntilReady: true }, 3);
		expect(lastedMs).toBeLessThan(1000);
		expect(items.map(({ json }) => json.clipId)).toEqual(harness.emulator.clips.map(({ clipUUID }) => clipUUID));
	});

	it('ends the wait for a future end', async () => {
		const endTime = new Date(Date.now() + 60_000).toISOString();
		const { lastedMs } = await stopped(500, { endTime, options: { endInFuture: 'wait' } });
		expect(lastedMs).toBeLessThan(1000);
		expect(harness.created()).toEqual([]);
	});

	it('ends a request that hangs', async () => {
		harness.emulator.failNext({ method: 'POST', answer: 'hang' });
		const { lastedMs } = await stopped(500, {});
		expect(lastedMs).toBeLessThan(1000);
	});

	it('stores the created clips even if the execution has not reached its end', async () => {
		harness.emulator.options.readyAfterMs = 600_000;
		const { stored } = await stopped(1000, { waitUntilReady: true }, 3);
		for (const { clipUUID } of harness.emulator.clips) expect(stored).toContain(clipUUID);
	});
});
