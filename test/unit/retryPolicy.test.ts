import fc from 'fast-check';
import { classifyNetworkError } from '../../nodes/Videograph/api/errors';
import { classifyResponse, parseRetryAfter, retryDelay } from '../../nodes/Videograph/api/retryPolicy';

const NOW = Date.parse('2026-11-23T20:31:00Z');

describe('Retry-After', () => {
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
	])('parses %p', (header, milliseconds) => {
		expect(parseRetryAfter(header, undefined, NOW)).toBe(milliseconds);
	});

	it('counts a date from the date of the response, whatever the local clock shows', () => {
		const [asked, sent] = ['Mon, 23 Nov 2026 17:00:30 GMT', 'Mon, 23 Nov 2026 17:00:00 GMT'];
		expect(parseRetryAfter(asked, sent, NOW)).toBe(30_000);
		expect(parseRetryAfter(asked, 'today', NOW)).toBe(0);
		expect(parseRetryAfter('5', sent, NOW)).toBe(5000);
	});
});

describe('retry policy', () => {
	it('classifies a response by its status', () => {
		const arrivals = [400, 401, 404, 409, 422, 429, 500, 502, 503, 504].map((status) => classifyResponse(status, {}));
		expect(arrivals).toEqual([
			'rejected',
			'rejected',
			'rejected',
			'rejected',
			'rejected',
			'rateLimited',
			'outcomeUnknown',
			'outcomeUnknown',
			'outcomeUnknown',
			'outcomeUnknown',
		]);
	});

	it.each([
		[200, '{"status":"Succ', 'outcomeUnknown'],
		[201, '', 'outcomeUnknown'],
		[200, [], 'outcomeUnknown'],
		[200, null, 'outcomeUnknown'],
		[200, { status: 'Failed' }, 'rejected'],
		[200, ' <!DOCTYPE html>', 'rejected'],
		[200, '  <html>', 'rejected'],
		[200, 'cut < short', 'outcomeUnknown'],
		[199, '', 'rejected'],
		[300, '', 'rejected'],
		[302, '', 'rejected'],
		[404, '<html>', 'rejected'],
	])('classifies HTTP %d with the body %j', (status, body, arrival) => {
		expect(classifyResponse(status, body)).toBe(arrival);
	});

	it('classifies a network error', () => {
		expect(
			['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'ERR_CANCELED', undefined].map(classifyNetworkError),
		).toEqual(['notSent', 'notSent', 'outcomeUnknown', 'outcomeUnknown', 'outcomeUnknown', 'outcomeUnknown']);
	});

	it.each([
		'EHOSTUNREACH',
		'ENETUNREACH',
		'EADDRNOTAVAIL',
		'CERT_HAS_EXPIRED',
		'CERT_NOT_YET_VALID',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('classifies a host that is unreachable or untrusted as not sent (%s)', (code) => {
		expect(classifyNetworkError(code)).toBe('notSent');
	});

	it.each([
		['rejected', 1, true, undefined, undefined],
		['rejected', 1, true, 1000, undefined],
		['outcomeUnknown', 1, false, undefined, undefined],
		['outcomeUnknown', 1, true, undefined, 500],
		['outcomeUnknown', 3, true, undefined, 2000],
		['outcomeUnknown', 4, true, undefined, undefined],
		['notSent', 1, false, undefined, 500],
		['rateLimited', 1, false, 1000, 1000],
		['rateLimited', 19, false, 60_000, 60_000],
		['rateLimited', 1, false, 60_001, undefined],
		['rateLimited', 20, false, 1000, undefined],
		['rateLimited', 12, false, undefined, 15_000],
	] as const)(
		'retries %s after attempt %d (idempotent: %p, Retry-After %p) after %p',
		(kind, attempt, idempotent, retryAfterMs, delayMs) => {
			expect(retryDelay({ kind, attempt, idempotent, retryAfterMs, maxRetryAfterMs: 60_000, random: 0.5 })).toBe(
				delayMs,
			);
		},
	);

	it('never exceeds the maximum delay', () => {
		fc.assert(
			fc.property(
				fc.constantFrom('rateLimited' as const, 'outcomeUnknown' as const, 'notSent' as const),
				fc.integer({ min: 1, max: 30 }),
				fc.option(fc.nat(100_000), { nil: undefined }),
				fc.nat(90_000),
				(kind, attempt, retryAfterMs, maxRetryAfterMs) => {
					const delayMs = retryDelay({ kind, attempt, idempotent: true, retryAfterMs, maxRetryAfterMs });
					expect(delayMs === undefined || (delayMs >= 0 && delayMs <= maxRetryAfterMs)).toBe(true);
				},
			),
		);
	});
});
