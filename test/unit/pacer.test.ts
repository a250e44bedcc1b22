import fc from 'fast-check';
import { Pacer } from '../../nodes/Videograph/api/pacer';
import { LIMITS } from './limits';
import { simulate } from './simulation';

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

const conditions = fc.record({
	phaseMs: fc.nat(999),
	arriving: fc.constantFrom(Infinity, 40, 20),
	latencyMs: fc.constantFrom(4, 40, 150),
	retryAfterMs: fc.constantFrom(1000, undefined),
	seed: fc.nat(),
});

/** Mulberry32. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

describe.each(Object.entries(LIMITS))('calls at a limit with a %s', (_, limit) => {
	it.each([
		[100, 10],
		[30, 3],
		[300, 50],
	])('%d calls at %d requests per second: all are served with at most 3 requests each, in time', (calls, perSecond) => {
		const ratios: number[] = [];
		fc.assert(
			fc.property(conditions, ({ phaseMs, arriving, seed, ...more }) => {
				const random = randomFrom(seed);
				const played = simulate({ limit: limit(perSecond, phaseMs), calls, arriving, random, ...more });
				expect(sum(played.requests) / calls).toBeLessThanOrEqual(3);
				const idealSeconds = calls / perSecond + (arriving === Infinity ? 0 : calls / arriving);
				expect(played.maxWaitSeconds).toBeLessThan(60);
				ratios.push(played.seconds / idealSeconds);
			}),
			{ seed: 1, numRuns: 15 },
		);
		const mean = sum(ratios) / ratios.length;
		expect(mean).toBeLessThanOrEqual(1.25);
		expect(Math.max(...ratios)).toBeLessThanOrEqual(1.6);
	});

	it('three processes that know nothing of each other share it', () => {
		fc.assert(
			fc.property(conditions, ({ phaseMs, arriving, seed, ...more }) => {
				const load = { calls: 150, arriving, processes: 3, random: randomFrom(seed), ...more };
				const played = simulate({ limit: limit(10, phaseMs), ...load });
				expect(sum(played.requests) / 150).toBeLessThanOrEqual(4);
				expect(played.maxWaitSeconds).toBeLessThan(60);
			}),
			{ seed: 1, numRuns: 15 },
		);
	});
});

describe('pace', () => {
	it('is unlimited until the API refuses a request', () => {
		const pacer = new Pacer();
		for (let request = 0; request < 1000; request++) {
			expect(pacer.nextDueMs(5)).toBe(5);
			pacer.send(5);
			pacer.accept(5);
		}
	});

	/** A pacer whose limit accepted 10 of 30 requests within a second. */
	const limited = (retryAfterMs?: number) => {
		const pacer = new Pacer(() => 0.5);
		for (let request = 0; request < 30; request++) pacer.send(0);
		for (let request = 0; request < 10; request++) pacer.accept(0);
		for (let request = 0; request < 20; request++) pacer.refuse(0, 10, retryAfterMs);
		return pacer;
	};

	it('is the rate that the API accepted, after Retry-After or a backoff', () => {
		expect(limited(3000).nextDueMs(10)).toBe(3010);
		expect(limited().nextDueMs(10)).toBe(760);
		expect(limited(3000).intervalMs).toBeCloseTo(1000 / 9.3);
	});

	it('counts accepted requests whose response arrives after the refusal', () => {
		const pacer = new Pacer();
		pacer.send(0);
		pacer.refuse(0, 10, 0);
		for (let request = 0; request < 10; request++) pacer.accept(0);
		expect(pacer.intervalMs).toBeCloseTo(1000 / 9.3);
	});

	it('grows while the API accepts everything, slowly at first', () => {
		const pacer = limited(0);
		const intervals: number[] = [];
		let nowMs = 10;
		for (let request = 0; request < 300; request++) {
			nowMs = pacer.nextDueMs(nowMs);
			pacer.send(nowMs);
			pacer.accept(nowMs);
			intervals.push(pacer.intervalMs);
		}
		expect(intervals).toEqual(intervals.toSorted((a, b) => b - a));
		expect(intervals[50]).toBeCloseTo(100, 0);
		expect(intervals[299]).toBeLessThan(50);
	});

	it('shrinks to no less than half of it at a refusal', () => {
		const pacer = limited(0);
		pacer.send(60_000);
		pacer.accept(60_000);
		pacer.send(120_000);
		pacer.refuse(120_000, 120_010, 0);
		expect(pacer.intervalMs).toBeCloseTo(2000 / 9.3 / 0.93);
	});

	it('does not shrink if nothing was accepted since the last refusal', () => {
		const pacer = limited();
		const { intervalMs } = pacer;
		for (const nowMs of [1000, 3000]) {
			pacer.send(nowMs);
			pacer.refuse(nowMs, nowMs + 10);
		}
		expect(pacer.intervalMs).toBe(intervalMs);
	});

	it('finds a rate if the first requests are all refused', () => {
		const pacer = new Pacer();
		pacer.send(0);
		pacer.refuse(0, 10, 0);
		expect(pacer.intervalMs).toBe(500);
		for (let nowMs = 500; nowMs < 3000; nowMs = pacer.nextDueMs(nowMs)) pacer.send(nowMs);
		expect(pacer.intervalMs).toBeLessThan(50);
	});

	it('backs off further each time if everything is refused, even if Retry-After is short', () => {
		const waitsFor = (retryAfterMs: number | undefined) => {
			const pacer = new Pacer(() => 1);
			let nowMs = 0;
			return Array.from({ length: 8 }, () => {
				pacer.send(nowMs);
				pacer.refuse(nowMs, nowMs, retryAfterMs);
				const waitMs = pacer.openMs - nowMs;
				nowMs = Math.max(pacer.openMs, nowMs) + 1;
				return waitMs;
			});
		};
		expect(waitsFor(undefined)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
		expect(waitsFor(500)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
	});
});
