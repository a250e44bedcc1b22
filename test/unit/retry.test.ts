import fc from 'fast-check';
import { Gate } from '../../nodes/Videograph/api/gate';
import { arrivalOfAnswer, arrivalOfNetworkError, readRetryAfter, waitBeforeRepeat } from '../../nodes/Videograph/api/retry';

const NOW = Date.parse('2026-11-23T20:31:00Z');

it.each([
	['0', 0],
	['5', 5000],
	[5, 5000],
	[' 120 ', 120_000],
	['Mon, 23 Nov 2026 20:31:30 GMT', 30_000],
	['Mon, 23 Nov 2026 20:30:00 GMT', 0],
	['', undefined],
	['-5', undefined],
	['1.5', undefined],
	['soon', undefined],
	[undefined, undefined],
	[['5', '6'], undefined],
])('reads Retry-After %p', (header, milliseconds) => {
	expect(readRetryAfter(header, undefined, NOW)).toBe(milliseconds);
});

it('counts the date of Retry-After from the date of the answer, whatever the clock here says', () => {
	const [asked, sent] = ['Mon, 23 Nov 2026 17:00:30 GMT', 'Mon, 23 Nov 2026 17:00:00 GMT'];
	expect(readRetryAfter(asked, sent, NOW)).toBe(30_000);
	expect(readRetryAfter(asked, 'today', NOW)).toBe(0);
	expect(readRetryAfter('5', sent, NOW)).toBe(5000);
});

it('tells from a status whether a request may have been carried out', () => {
	const arrivals = [400, 401, 404, 409, 422, 429, 500, 502, 503, 504].map((status) => arrivalOfAnswer(status, {}));
	expect(arrivals).toEqual([
		'final', 'final', 'final', 'final', 'final', 'limited', 'unclear', 'unclear', 'unclear', 'unclear',
	]);
});

it.each([
	[200, '{"status":"Succ', 'unclear'],
	[201, '', 'unclear'],
	[200, [], 'unclear'],
	[200, null, 'unclear'],
	[200, { status: 'Failed' }, 'final'],
	[200, ' <!DOCTYPE html>', 'final'],
	[200, '  <html>', 'final'],
	[200, 'cut < short', 'unclear'],
	[199, '', 'final'],
	[300, '', 'final'],
	[302, '', 'final'],
	[404, '<html>', 'final'],
])('tells from HTTP %d with the body %j whether a request may have been carried out', (status, body, arrival) => {
	expect(arrivalOfAnswer(status, body)).toBe(arrival);
});

it('tells from a network error whether a request may have been carried out', () => {
	expect(['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'ERR_CANCELED', undefined].map(arrivalOfNetworkError)).toEqual([
		'notSent', 'notSent', 'unclear', 'unclear', 'unclear', 'unclear',
	]);
});

it.each([
	'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'ERR_TLS_CERT_ALTNAME_INVALID',
])('knows that nothing is sent to a host that cannot be reached, or is not trusted (%s)', (code) => {
	expect(arrivalOfNetworkError(code)).toBe('notSent');
});

it.each([
	['final', 1, true, undefined, undefined],
	['final', 1, true, 1000, undefined],
	['unclear', 1, false, undefined, undefined],
	['unclear', 1, true, undefined, 500],
	['unclear', 3, true, undefined, 2000],
	['unclear', 4, true, undefined, undefined],
	['notSent', 1, false, undefined, 500],
	['limited', 1, false, 1000, 1000],
	['limited', 19, false, 60_000, 60_000],
	['limited', 1, false, 60_001, undefined],
	['limited', 20, false, 1000, undefined],
	['limited', 12, false, undefined, 15_000],
] as const)('repeats what is %s after attempt %d (safe: %p, Retry-After %p) after %p', (arrival, attempt, safe, asked, wait) => {
	expect(waitBeforeRepeat(arrival, attempt, safe, asked, 60_000, 0.5)).toBe(wait);
});

it('never waits longer than it may', () => {
	fc.assert(
		fc.property(
			fc.constantFrom('limited' as const, 'unclear' as const, 'notSent' as const),
			fc.integer({ min: 1, max: 30 }),
			fc.option(fc.nat(100_000), { nil: undefined }),
			fc.nat(90_000),
			(arrival, attempt, asked, most) => {
				const wait = waitBeforeRepeat(arrival, attempt, true, asked, most);
				expect(wait === undefined || (wait >= 0 && wait <= most)).toBe(true);
			},
		),
	);
});

it('keeps everybody at the gate until the longest wait is over', async () => {
	const waits: number[] = [];
	const gate = new Gate((milliseconds) => {
		waits.push(milliseconds);
		jest.setSystemTime(Date.now() + milliseconds);
		return Promise.resolve(true);
	}, 3000);
	jest.useFakeTimers({ now: NOW });
	try {
		gate.close(3000);
		gate.close(1000);
		expect(await gate.pass()).toBeUndefined();
		expect(await gate.pass()).toBeUndefined();
		expect(waits).toEqual([3000]);
	} finally {
		jest.useRealTimers();
	}
});

it('lets nobody through the gate where the execution is stopped', async () => {
	const gate = new Gate(() => Promise.resolve(false), 60_000);
	gate.close(60_000);
	expect(await gate.pass()).toBe('stopped');
});

it('keeps nobody at a gate that is closed for longer than anybody waits', async () => {
	jest.useFakeTimers({ now: NOW });
	try {
		const gate = new Gate(() => Promise.reject(new Error('waited')), 60_000);
		gate.close(60_001);
		expect(await gate.pass()).toEqual({ closedForMs: 60_001 });
		jest.setSystemTime(NOW + 60_001);
		expect(await gate.pass()).toBeUndefined();
	} finally {
		jest.useRealTimers();
	}
});
