import { RateLimiter, type Turn } from '../../nodes/Videograph/api/rateLimiter';

const NOW = Date.parse('2026-11-23T20:31:00Z');

beforeEach(() => void jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

/** A limiter that has accepted 10 requests and refused one, with Retry-After: 1. */
async function limited(): Promise<RateLimiter> {
	const limiter = new RateLimiter();
	for (let request = 0; request < 11; request++) await limiter.acquire(limiter.createTurn(0));
	for (let request = 0; request < 10; request++) limiter.accept(Date.now());
	limiter.refuse(Date.now(), 1000);
	return limiter;
}

/** Acquires a turn, and records when and how its wait ended. */
function waitOf(limiter: RateLimiter, turn: Turn) {
	const wait = { status: '', atMs: Number.NaN, waitMs: Number.NaN };
	void limiter.acquire(turn).then((admission) => Object.assign(wait, admission, { atMs: Date.now() - NOW }));
	return wait;
}

const pass = async (milliseconds: number) => await jest.advanceTimersByTimeAsync(milliseconds);

describe('rate limiter', () => {
	it('holds up nothing before the first refusal', async () => {
		const limiter = new RateLimiter();
		const waits = Array.from({ length: 100 }, () => waitOf(limiter, limiter.createTurn(0)));
		await pass(0);
		expect(waits.every(({ status, atMs }) => status === 'open' && atMs === 0)).toBe(true);
	});

	it('then admits requests at the accepted rate, first come first served, and a refused one before later ones', async () => {
		const limiter = await limited();
		const [refused, ...turns] = Array.from({ length: 5 }, () => limiter.createTurn(60_000));
		const waits = turns.map((turn) => waitOf(limiter, turn));
		const first = waitOf(limiter, refused as Turn);
		await pass(60_000);
		const times = [first, ...waits].map(({ atMs }) => atMs);
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		expect(times[0]).toBe(1000);
		expect(times[4]).toBeGreaterThan(1390);
		expect(times[4]).toBeLessThan(1430);
	});

	it('rejects a request at once if Retry-After exceeds its maximum wait', async () => {
		const limiter = await limited();
		const [impatient, patient] = [999, 1000].map((maxWaitMs) => waitOf(limiter, limiter.createTurn(maxWaitMs)));
		await pass(0);
		expect(impatient).toEqual({ status: 'tooLong', atMs: 0, waitMs: 1000 });
		expect(patient?.status).toBe('');
		limiter.refuse(NOW, 5000);
		await pass(0);
		expect(patient).toEqual({ status: 'tooLong', atMs: 0, waitMs: 5000 });
	});

	it('rejects a request whose turn does not come in time, with the rest of the wait', async () => {
		const limiter = await limited();
		const waits = Array.from({ length: 5 }, () => waitOf(limiter, limiter.createTurn(1200)));
		await pass(10_000);
		expect(waits.map(({ status }) => status)).toEqual(['open', 'open', 'tooLong', 'tooLong', 'tooLong']);
		expect(waits.map(({ atMs }) => atMs).slice(2)).toEqual([1200, 1200, 1200]);
		expect(waits[4]?.waitMs).toBeGreaterThan(200);
		expect(waits[4]?.waitMs).toBeLessThan(230);
	});

	it('admits another request if one is refused again and again: the limit may apply to its endpoint', async () => {
		const limiter = new RateLimiter();
		const refusedTurns = [1, 2].map(() => limiter.createTurn(60_000));
		for (const turn of refusedTurns) await limiter.acquire(turn);
		for (let round = 0; round < 2; round++) {
			await pass(3000);
			limiter.refuse(Date.now(), undefined);
			for (const turn of refusedTurns) turn.refusals++;
		}
		const waits = [...refusedTurns, limiter.createTurn(60_000)].map((turn) => waitOf(limiter, turn));
		await pass(60_000);
		const [first = 0, second = 0, other = 0] = waits.map(({ atMs }) => atMs);
		expect(other).toBeLessThan(Math.min(first, second));
	});

	it('counts the waits of all attempts', async () => {
		const limiter = await limited();
		const turn = limiter.createTurn(2500);
		waitOf(limiter, turn);
		await pass(1000);
		expect(turn.remainingWaitMs).toBe(1500);
		limiter.refuse(Date.now(), 1500);
		const second = waitOf(limiter, turn);
		await pass(1500);
		expect([second.status, turn.remainingWaitMs]).toEqual(['open', 0]);
		limiter.refuse(Date.now(), 1);
		const third = waitOf(limiter, turn);
		await pass(0);
		expect(third.status).toBe('tooLong');
	});

	it('ends the wait of a stopped execution, and of no other', async () => {
		const limiter = await limited();
		const stop = new AbortController();
		const stopped = waitOf(limiter, limiter.createTurn(60_000, stop.signal));
		const other = waitOf(limiter, limiter.createTurn(60_000));
		await pass(500);
		stop.abort();
		await pass(0);
		expect(stopped).toMatchObject({ status: 'aborted', atMs: 500 });
		await pass(500);
		expect(other).toMatchObject({ status: 'open', atMs: 1000 });
		expect(await limiter.acquire(limiter.createTurn(60_000, stop.signal))).toEqual({ status: 'aborted' });
	});

	it('has no timer if nothing waits', async () => {
		const limiter = await limited();
		const turn = limiter.createTurn(60_000);
		const wait = waitOf(limiter, turn);
		await pass(10);
		limiter.withdraw(turn);
		await pass(0);
		expect([wait.status, jest.getTimerCount()]).toEqual(['aborted', 0]);
	});
});
