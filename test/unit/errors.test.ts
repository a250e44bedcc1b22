import { responseError, isGeneralAdvice, networkCode, networkReason, noResponseError } from '../../nodes/Videograph/api/errors';
import { NODE } from './transport';

describe('API error', () => {
it.each([
	[400, true, /^Fix the problem that the message describes/],
	[400, false, /does not seem to come from the Videograph API/],
	[200, false, /does not seem to come from the Videograph API/],
	[299, true, /^Fix the problem that the message describes/],
	[300, true, /responds with a redirect/],
	[399, false, /responds with a redirect/],
	[401, true, /Access Token ID/],
	[403, true, /lacks a permission/],
	[404, true, /^Check the ID/],
	[401, false, /Access Token ID/],
	[403, false, /^Check the Base URL .* proxy or firewall/],
	[404, false, /^Check the Base URL .* proxy or firewall/],
	[429, false, /lower Concurrency/],
	[429, true, /lower Concurrency/],
	[499, true, /^Fix the problem that the message describes/],
	[500, false, /on the side of Videograph/],
	[503, true, /on the side of Videograph/],
])('has advice for HTTP %d (JSON: %p)', (status, isJson, advice) => {
	const error = responseError(NODE, 'GET /contents', status, 'No', isJson);
	expect(error).toMatchObject({ message: 'No', httpCode: String(status), description: expect.stringMatching(advice) });
	expect(error.description).toContain(`(HTTP ${status} to GET /contents)`);
});

it.each([
	[401, undefined, { cause: 'credential-invalid' }],
	[429, undefined, { cause: 'rate-limited' }],
	[429, 0, { cause: 'rate-limited', retryAfterMs: 0 }],
	[503, 5000, { cause: 'temporarily-unavailable', retryAfterMs: 5000 }],
	[400, 5000, undefined],
])('names the cause of HTTP %d, with Retry-After %p', (status, retryAfterMs, failure) => {
	expect(responseError(NODE, 'GET /contents', status, 'No', true, retryAfterMs).failure).toEqual(failure);
});
});

describe('network error', () => {
it('has only the message of the network error, or the start of a response', () => {
	expect(networkReason({ code: 'ECONNRESET' })).toBe('the connection was interrupted');
	expect(networkReason({ code: 'ESTRANGE' })).toBe('ESTRANGE');
	expect(networkReason(new Error('x'.repeat(300)))).toBe('x'.repeat(200));
	expect(networkReason('secret')).toBe('unknown');
	expect(noResponseError(NODE, 'GET /contents', { code: 'EPIPE' })).toMatchObject({
		message: 'No response from Videograph: the connection was interrupted',
		failure: { cause: 'temporarily-unavailable' },
	});
});

it('explains an untrusted certificate and what to do', () => {
	for (const [code, words] of [
		['CERT_HAS_EXPIRED', 'the certificate has expired'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'the certificate belongs to another host'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'the certificate is not trusted'],
	]) {
		expect(noResponseError(NODE, 'GET /contents', { code })).toMatchObject({
			message: `No response from Videograph: ${words}`,
			description: expect.stringMatching(/^Check the Base URL .* NODE_EXTRA_CA_CERTS to the file of its certificate authority\. \(GET \/contents\)$/),
			failure: undefined,
		});
	}
});

it.each(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'])('explains an unreachable host (%s)', (code) => {
	expect(noResponseError(NODE, 'GET /contents', { code })).toMatchObject({
		message: 'No response from Videograph: the host is unreachable',
		description: expect.stringMatching(/^Check the Base URL .* that n8n can reach it/),
	});
});
});

describe('error advice', () => {
it('distinguishes advice for a status from more specific advice', () => {
	const general = (status: number, isJson: boolean) => isGeneralAdvice(responseError(NODE, 'GET /contents', status, 'No', isJson));
	expect([400, 403, 404, 405].map((status) => general(status, true))).toEqual([true, true, true, true]);
	expect([302, 403, 404, 405].map((status) => general(status, false))).toEqual([false, false, false, false]);
});
});

describe('error cause', () => {
it('is searched four levels deep for a network error code', () => {
	const at = (depth: number): object => (depth === 0 ? { code: 'EPIPE' } : { cause: at(depth - 1) });
	expect([0, 3, 4].map((depth) => networkCode(at(depth)))).toEqual(['EPIPE', 'EPIPE', undefined]);
	expect(networkCode({ httpCode: 'EPIPE' })).toBe('EPIPE');
	expect(networkCode({ httpCode: '503', code: 5 })).toBeUndefined();
	expect(networkCode({ code: 'no-E', cause: 'E' })).toBeUndefined();
});
});
