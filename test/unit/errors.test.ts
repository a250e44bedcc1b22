import { answerError, networkCode, networkReason, noAnswerError } from '../../nodes/Videograph/api/errors';
import { NODE } from './transport';

it.each([
	[400, true, /^Change what the message names/],
	[400, false, /what answers there does not look like/],
	[200, false, /what answers there does not look like/],
	[299, true, /^Change what the message names/],
	[300, true, /answers with a redirect/],
	[399, false, /answers with a redirect/],
	[401, true, /Access Token ID/],
	[403, true, /lacks a right/],
	[404, false, /^Check the ID/],
	[429, true, /lower Concurrency/],
	[499, true, /^Change what the message names/],
	[500, false, /on the side of Videograph/],
	[503, true, /on the side of Videograph/],
])('advises for HTTP %d (JSON: %p)', (status, isJson, advice) => {
	const error = answerError(NODE, 'GET /contents', status, 'No', isJson);
	expect(error).toMatchObject({ message: 'No', httpCode: String(status), description: expect.stringMatching(advice) });
	expect(error.description).toContain(`(HTTP ${status} to GET /contents)`);
});

it.each([
	[401, undefined, { cause: 'credential-invalid' }],
	[429, undefined, { cause: 'rate-limited' }],
	[429, 0, { cause: 'rate-limited', retryAfterMs: 0 }],
	[503, 5000, { cause: 'temporarily-unavailable', retryAfterMs: 5000 }],
	[400, 5000, undefined],
])('tells the cause of HTTP %d, with the wait of %p', (status, retryAfterMs, failure) => {
	expect(answerError(NODE, 'GET /contents', status, 'No', true, retryAfterMs).failure).toEqual(failure);
});

it('has only the words of a network error, or the start of a message', () => {
	expect(networkReason({ code: 'ECONNRESET' })).toBe('the connection was cut');
	expect(networkReason({ code: 'ESTRANGE' })).toBe('ESTRANGE');
	expect(networkReason(new Error('x'.repeat(300)))).toBe('x'.repeat(200));
	expect(networkReason('secret')).toBe('unknown');
	expect(noAnswerError(NODE, 'GET /contents', { code: 'EPIPE' })).toMatchObject({
		message: 'No answer from Videograph: the connection was cut',
		failure: { cause: 'temporarily-unavailable' },
	});
});

it('looks four causes deep for the code of a network error', () => {
	const at = (depth: number): object => (depth === 0 ? { code: 'EPIPE' } : { cause: at(depth - 1) });
	expect([0, 3, 4].map((depth) => networkCode(at(depth)))).toEqual(['EPIPE', 'EPIPE', undefined]);
	expect(networkCode({ httpCode: 'EPIPE' })).toBe('EPIPE');
	expect(networkCode({ httpCode: '503', code: 5 })).toBeUndefined();
	expect(networkCode({ code: 'no-E', cause: 'E' })).toBeUndefined();
});
