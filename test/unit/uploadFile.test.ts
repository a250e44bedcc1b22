import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { uploadFile } from '../../nodes/Videograph/api/uploadFile';
import { toNodeError } from '../../nodes/Videograph/execution/toNodeError';
import { NODE, nodeError } from './transport';

const FILE = { body: Buffer.from('film'), size: 4, mimeType: 'video/mp4' };
const URL_SIGNED = 'https://put.test/bucket/a.mp4?signature=abc%2Bdefgh&key=short';

/** What the upload fails with where the storage answers like this; undefined: it succeeds. */
async function failureOf(statusCode: number, body: unknown, url = URL_SIGNED): Promise<unknown> {
	const answer = { statusCode, headers: {}, body: body as IN8nHttpFullResponse['body'] };
	return await uploadFile(() => Promise.resolve(answer), url, FILE).catch((error: unknown) => toNodeError(NODE, error));
}

describe('file upload', () => {
	it.each([200, 201, 204, 299])('succeeds with HTTP %d', async (status) => {
		expect(await failureOf(status, '')).toBeUndefined();
	});

	it.each([
		[199, undefined, /to request a new upload URL/],
		[300, undefined, /a redirect, which is not followed/],
		[399, undefined, /a redirect, which is not followed/],
		[400, undefined, /to request a new upload URL/],
		[403, undefined, /valid for a short time/],
		[413, undefined, /larger than the storage accepts/],
		[499, undefined, /to request a new upload URL/],
		[500, undefined, /may have arrived.*on the side of the storage/],
		[502, 'temporarily-unavailable', /may have arrived.*on the side of the storage/],
		[503, 'temporarily-unavailable', /may have arrived/],
		[504, 'temporarily-unavailable', /may have arrived/],
	])('fails with HTTP %d', async (status, cause, advice) => {
		const error = await failureOf(status, 'No');
		expect(error).toMatchObject({
			message: `The file was not uploaded: HTTP ${status}, No`,
			httpCode: String(status),
			description: expect.stringMatching(advice),
			...(cause && { failure: { cause } }),
		});
		expect((error as { failure?: unknown }).failure === undefined).toBe(cause === undefined);
		expect((error as { description: string }).description).toContain(`(HTTP ${status} to PUT https://put.test)`);
	});

	it.each([
		['', ''],
		[undefined, ''],
		[{ a: 1 }, ''],
		['<Error><Message> Too late </Message><Signature>x</Signature></Error>', ', Too late'],
		['{"message" : "Too late","key":"x"}', ', Too late'],
		[' <?xml version="1.0"?><Error><Signature>x</Signature></Error>', ''],
		['<html><body>Too\n  <b>late</b></body></html> ', ', Too late'],
		['plain <?xml', ', plain <?xml'],
		['x'.repeat(300), `, ${'x'.repeat(200)}`],
		[`<Message>${'x'.repeat(300)}</Message>`, `, ${'x'.repeat(200)}`],
	])('reports only the message of the response %j', async (body, words) => {
		expect(await failureOf(400, body)).toMatchObject({ message: `The file was not uploaded: HTTP 400${words}` });
	});

	it.each([
		['the query', 'no signature=abc%2Bdefgh&key=short', 'no …'],
		['a value', 'no abc%2Bdefgh', 'no …'],
		['a value twice', 'abc%2Bdefgh or abc%2Bdefgh', '… or …'],
		['a decoded value', 'no abc+defgh', 'no …'],
		['what is short', 'no key short', 'no key short'],
	])('reports no secret of the URL: %s', async (_, body, words) => {
		expect(await failureOf(400, body)).toMatchObject({ message: `The file was not uploaded: HTTP 400, ${words}` });
	});

	it('accepts a URL without a query, and one that cannot be decoded', async () => {
		expect(await failureOf(400, 'No good', 'https://put.test/a')).toMatchObject({
			message: 'The file was not uploaded: HTTP 400, No good',
		});
		expect(await failureOf(400, 'a %zz%zz%zz b', 'https://put.test/a?%zz%zz%zz')).toMatchObject({
			message: 'The file was not uploaded: HTTP 400, a … b',
		});
	});

	it.each([
		'',
		'put.test/a',
		'ftp://put.test/a',
		'xhttps://put.test/a',
		'https://',
		'https://user:secret@put.test/a',
		'https://put.test\\a',
		'https:// put.test/a',
		'https://put.test @other.test/',
	])('rejects the URL %p', async (url) => {
		const send = jest.fn();
		await expect(uploadFile(send, url, FILE)).rejects.toThrow('an upload URL with http or https is missing');
		expect(send).not.toHaveBeenCalled();
	});

	it.each(['http://put.test:80', 'HTTPS://put.test/a', 'https://put.test?a=b', 'https://put.test#a'])(
		'sends the file to %p',
		async (url) => {
			const send = jest.fn().mockResolvedValue({ statusCode: 200 });
			await uploadFile(send, url, FILE);
			expect(send.mock.calls).toEqual([[url, FILE]]);
		},
	);

	it.each([
		['ECONNREFUSED', 'the connection was refused', /^Check that n8n and its proxy can reach that host/],
		['ECONNRESET', 'the connection was interrupted', /^The file may have arrived: check.*Check that n8n/],
	])('fails without a response (%s)', async (code, reason, advice) => {
		const send = () => Promise.reject(Object.assign(new Error(URL_SIGNED), { code }));
		const error: unknown = await nodeError(uploadFile(send, URL_SIGNED, FILE));
		expect(error).toMatchObject({
			message: `The file was not uploaded: ${reason}`,
			description: expect.stringMatching(advice),
			failure: { cause: 'temporarily-unavailable' },
		});
		expect((error as { description: string }).description).toMatch(/\(PUT https:\/\/put\.test\)$/);
		expect((error as { httpCode: unknown }).httpCode).toBeNull();
	});
});
