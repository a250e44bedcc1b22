import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	type FailureDetails,
	networkCode,
	networkReason,
	noResponseError,
	VideographError,
} from '../../nodes/Videograph/api/errors';
import { toNodeError, withNodeErrors } from '../../nodes/Videograph/execution/toNodeError';
import { NODE } from './transport';

/** The n8n error of an unsuccessful response. */
function responseError(status: number, isJson: boolean, more: Partial<FailureDetails> = {}, operationAdvice = {}) {
	const details = { kind: 'rejected', reason: 'status', call: 'GET /contents', status, isJson, ...more } as const;
	return toNodeError(NODE, new VideographError('No', details), { operationAdvice });
}

const networkError = (code?: string) => toNodeError(NODE, noResponseError('GET /contents', { code }));

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
		const error = responseError(status, isJson);
		expect(error).toMatchObject({
			message: 'No',
			httpCode: String(status),
			description: expect.stringMatching(advice),
		});
		expect(error.description).toContain(`(HTTP ${status} to GET /contents)`);
	});

	it.each([
		[401, undefined, { cause: 'credential-invalid' }],
		[429, undefined, { cause: 'rate-limited' }],
		[429, 0, { cause: 'rate-limited', retryAfterMs: 0 }],
		[503, 5000, { cause: 'temporarily-unavailable', retryAfterMs: 5000 }],
		[400, 5000, undefined],
	])('names the cause of HTTP %d, with Retry-After %p', (status, retryAfterMs, failure) => {
		expect(responseError(status, true, { retryAfterMs }).failure).toEqual(failure);
	});
});

describe('network error', () => {
	it('has only the message of the network error, or the start of a response', () => {
		expect(networkReason({ code: 'ECONNRESET' })).toBe('the connection was interrupted');
		expect(networkReason({ code: 'ESTRANGE' })).toBe('ESTRANGE');
		expect(networkReason(new Error('x'.repeat(300)))).toBe('x'.repeat(200));
		expect(networkReason('secret')).toBe('unknown');
		expect(networkError('EPIPE')).toMatchObject({
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
			expect(networkError(code)).toMatchObject({
				message: `No response from Videograph: ${words}`,
				description: expect.stringMatching(
					/^Check the Base URL .* NODE_EXTRA_CA_CERTS to the file of its certificate authority\. \(GET \/contents\)$/,
				),
				failure: undefined,
			});
		}
	});

	it.each(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'])('explains an unreachable host (%s)', (code) => {
		expect(networkError(code)).toMatchObject({
			message: 'No response from Videograph: the host is unreachable',
			description: expect.stringMatching(/^Check the Base URL .* that n8n can reach it/),
		});
	});
});

describe('error advice', () => {
	it('is that of the operation if the API has decided about the request', () => {
		const better = (status: number, isJson: boolean) =>
			responseError(status, isJson, {}, { [status]: 'Better.' }).description === 'Better.';
		expect([400, 403, 404, 405].map((status) => better(status, true))).toEqual([true, true, true, true]);
		expect([302, 403, 404, 405, 503].map((status) => better(status, false))).toEqual([
			false,
			false,
			false,
			false,
			false,
		]);
		expect([better(401, false), better(429, false), better(302, true), better(503, true)]).toEqual([
			true,
			true,
			false,
			false,
		]);
	});

	it('follows a note, which the advice of the operation would not fit', () => {
		const error = responseError(404, true, { note: 'The live stream was started.' }, { 404: 'Better.' });
		expect(error.description).toMatch(/^The live stream was started\. Check the ID: /);
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

describe('n8n error', () => {
	it('is a new error each time', () => {
		const thrown = new VideographError('No', { kind: 'rejected', reason: 'stopped', call: 'GET /contents' });
		expect(toNodeError(NODE, thrown)).not.toBe(toNodeError(NODE, thrown));
		const own = new NodeOperationError(NODE, 'No', { description: 'Own.' });
		const error = toNodeError(NODE, own, { itemIndex: 1, prefix: 'line 1: ', suffix: ' (already created: a)' });
		expect(error).toMatchObject({
			message: 'line 1: No (already created: a)',
			description: 'Own.',
			context: { itemIndex: 1 },
		});
		expect(own).toMatchObject({ message: 'No', context: { itemIndex: undefined } });
	});

	it('has the message of the API, even if it contains a network error code', () => {
		const thrown = new VideographError('ENOENT: gone', {
			kind: 'rejected',
			reason: 'status',
			call: 'GET /contents',
			status: 400,
			isJson: true,
		});
		expect(toNodeError(NODE, thrown).message).toBe('ENOENT: gone');
	});

	it('replaces the errors of a function', async () => {
		const search = withNodeErrors(async function (this: { getNode: () => typeof NODE }, text: string) {
			if (text === 'bad')
				throw new VideographError('No', { kind: 'rejected', reason: 'stopped', call: 'GET /contents' });
			return await Promise.resolve(`${this.getNode().name} ${text}`);
		});
		const context = { getNode: () => NODE };
		expect(await search.call(context, 'good')).toBe('Videograph good');
		await expect(search.call(context, 'bad')).rejects.toBeInstanceOf(NodeApiError);
	});
});
