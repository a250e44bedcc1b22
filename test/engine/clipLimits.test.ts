import { TELLS_CAUSE } from './engine';
import { useHarness } from './harness';

const harness = useHarness({ createAnswer: 'clipUUID' });
const TOO_MANY = { code: 429, message: 'Slow down' };
const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const title = '=Goal {{ $json.index }}';

describe('rate limit', () => {
	it('of 10 requests per second: creates 50 clips of 50 items, each once', async () => {
		harness.emulator.options.rateLimit = { perSecond: 10, retryAfter: 1 };
		const { items, error } = await harness.createClip({ title }, { input: numbered(50) });
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.title)).toEqual(numbered(50).map(({ index }) => `Goal ${index}`));
		expect(harness.emulator.clips).toHaveLength(50);
	});

	it('without Retry-After: creates every clip', async () => {
		harness.emulator.options.rateLimit = { perSecond: 10, retryAfter: undefined };
		const { items } = await harness.createClip({ title }, { input: numbered(20) });
		expect(items).toHaveLength(20);
		expect(harness.emulator.clips).toHaveLength(20);
	});

	it('with an HTTP date in Retry-After: waits until then', async () => {
		const date = new Date(Date.now() + 3000).toUTCString();
		harness.emulator.failNext({
			method: 'POST',
			answer: { status: 429, headers: { 'retry-after': date }, body: TOO_MANY },
		});
		const { error } = await harness.createClip();
		expect(error).toBeUndefined();
		expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(date));
		expect(harness.created()).toHaveLength(2);
	});

	it('delays all items when one is rate-limited', async () => {
		harness.emulator.failNext({
			method: 'POST',
			answer: { status: 429, headers: { 'retry-after': '2' }, body: TOO_MANY },
		});
		await harness.createClip({ title, options: { concurrency: 1 } }, { input: numbered(3) });
		const [first, ...others] = harness.emulator.requests.map(({ at }) => at);
		expect(others).toHaveLength(3);
		for (const at of others) expect(at - (first ?? 0)).toBeGreaterThanOrEqual(1900);
	});

	it('fails with the Retry-After time if it exceeds Max Rate Limit Wait', async () => {
		harness.emulator.failNext({
			method: 'POST',
			answer: { status: 429, headers: { 'retry-after': '30' }, body: TOO_MANY },
		});
		const { error } = await harness.createClip({ options: { maxRateLimitWait: '5s' } });
		expect(error?.message).toBe('Slow down');
		expect(error?.failure).toEqual(TELLS_CAUSE ? { cause: 'rate-limited', retryAfterMs: 30_000 } : undefined);
		expect(harness.created()).toHaveLength(1);
	});
});

describe('retry of reads', () => {
	it.each([
		['reset', 'reset'],
		['unavailable', { status: 503, headers: { 'retry-after': '1' }, body: { code: 503, message: 'Maintenance' } }],
		['failing', { status: 500, body: { code: 500, message: 'Oops' } }],
	] as const)('repeats the request if the response is %s', async (_how, answer) => {
		harness.emulator.failNext({ method: 'GET', times: 2, answer });
		const { error } = await harness.createClip({ timeRange: 'lastSeconds' });
		expect(error).toBeUndefined();
		expect(harness.emulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST']);
	});
});

describe('concurrency', () => {
	it.each([
		[1, 1],
		[7, 7],
		[undefined, 5],
		[500, 50],
		[-3, 1],
		['many', 5],
	])('is limited to %p', async (concurrency, most) => {
		// Long enough that the first response arrives after the last concurrent request, on a busy machine too.
		harness.emulator.options.latencyMs = 30 + 10 * most;
		const options = concurrency === undefined ? {} : { concurrency: concurrency as number };
		await harness.createClip({ title, options }, { input: numbered(60) });
		expect(harness.emulator.clips).toHaveLength(60);
		expect(harness.emulator.mostAtOnce).toBe(most);
	});
});
