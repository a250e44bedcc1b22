import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { createClient } from '../../nodes/Videograph/api/createClient';
import { NODE } from './transport';

interface Setting {
	baseUrl?: unknown;
	status?: number;
	body?: string | Readable;
}

/** What n8n gives to a node whose requests get an answer with this body. It keeps what is sent. */
function contextWith({
	baseUrl = 'https://api.test',
	status = 200,
	body = '{"data":{"contentId":"c"}}',
}: Setting = {}) {
	const sent: Array<{ login: boolean; credential?: string } & IHttpRequestOptions> = [];
	const stop = new AbortController();
	const answer = () =>
		Promise.resolve({ statusCode: status, headers: {}, body: typeof body === 'string' ? Readable.from([body]) : body });
	const context = {
		getCredentials: () => Promise.resolve({ baseUrl }),
		getNode: () => NODE,
		getExecutionCancelSignal: () => stop.signal,
		helpers: {
			httpRequestWithAuthentication: (credential: string, options: IHttpRequestOptions) => {
				sent.push({ login: true, credential, ...options });
				return answer();
			},
			httpRequest: (options: IHttpRequestOptions) => {
				sent.push({ login: false, ...options });
				return answer();
			},
		},
	};
	return { context: context as unknown as IExecuteFunctions, sent, stop };
}

describe('Base URL', () => {
	it.each([
		['https://api.test', 'https://api.test'],
		[' https://api.test// ', 'https://api.test'],
		['HTTP://localhost:8080', 'HTTP://localhost:8080'],
		['https://proxy.test/videograph/', 'https://proxy.test/videograph'],
	])('accepts %p', async (baseUrl, origin) => {
		const { context, sent } = contextWith({ baseUrl });
		await (await createClient(context)).getContent('c');
		expect(sent[0]?.url).toBe(`${origin}/video/services/api/v1/contents/c`);
	});

	it.each([
		'',
		'api.test',
		'ftp://api.test',
		'xhttps://api.test',
		'https://',
		'https:///path',
		'https://user@api.test',
		'https://api.test?a',
		'https://api.test#a',
		'https://api.test/a?b',
		'https://api.test/a#b',
		'https://a b',
		'https://api.test/a b',
		undefined,
		5,
	])('rejects %p', async (baseUrl) => {
		await expect(createClient(contextWith({ baseUrl: baseUrl ?? null }).context)).rejects.toThrow(
			/^Base URL: .* is not a valid URL$/,
		);
	});
});

const bounded = { encoding: 'stream', returnFullResponse: true, ignoreHttpStatusErrors: true };

describe('API client', () => {
	it('sends credentials with each request and returns the response', async () => {
		const { context, sent, stop } = contextWith({ body: '\uFEFF{"data":{"contentId":"c"}}' });
		expect(await (await createClient(context)).getContent('c')).toMatchObject({ raw: { contentId: 'c' } });
		expect(sent).toEqual([
			expect.objectContaining({
				login: true,
				credential: 'videographApi',
				method: 'GET',
				abortSignal: stop.signal,
				...bounded,
			}),
		]);
	});

	it('works without an abort signal', async () => {
		const { context, sent } = contextWith();
		delete (context as Partial<IExecuteFunctions>).getExecutionCancelSignal;
		await (await createClient(context)).getContent('c');
		expect(sent[0]?.abortSignal).toBeUndefined();
	});

	it('downloads without credentials, with a timeout of 10 seconds', async () => {
		const { context, sent, stop } = contextWith({ body: '#EXTM3U' });
		expect(await (await createClient(context)).download('https://play/a')).toBe('#EXTM3U');
		expect(sent).toEqual([
			{ login: false, url: 'https://play/a', timeout: 10_000, abortSignal: stop.signal, ...bounded },
		]);
	});

	it('accepts only HTTP 200 for a download', async () => {
		const { context } = contextWith({ status: 404, body: '#EXTM3U' });
		await expect((await createClient(context)).download('https://play/a')).rejects.toThrow('the text is missing');
	});
});

describe('endless response', () => {
	afterEach(() => void jest.useRealTimers());

	const endless = () => new Readable({ read: () => undefined });
	/** Whether the reading has come to an end by then. */
	const endsWithin = async (milliseconds: number, reading: Promise<unknown>) => {
		let isOver = false;
		const settled = reading.catch((error: unknown) => error).finally(() => (isOver = true));
		await jest.advanceTimersByTimeAsync(milliseconds - 1000);
		expect(isOver).toBe(false);
		await jest.advanceTimersByTimeAsync(1500);
		return await settled;
	};

	it.each<[string, number]>([
		['a response', 60_000],
		['a download', 10_000],
	])('%s times out after %d milliseconds', async (what, milliseconds) => {
		jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
		const client = await createClient(contextWith({ body: endless() }).context);
		const reading = what === 'a download' ? client.download('https://play/a') : client.getContent('c');
		expect(await endsWithin(milliseconds, reading)).toMatchObject({
			message: 'No response from Videograph: the request timed out',
		});
	});
});

describe('upload timeout', () => {
	it.each([
		[0, 600_000],
		[49, 600_001],
		[50_000_000, 1_600_000],
		[1e12, 2 ** 31 - 1],
	])('of %d bytes is %d milliseconds', async (size, timeout) => {
		const { context, sent, stop } = contextWith({ body: '' });
		const body = Buffer.from('');
		await (await createClient(context)).uploadFile('https://put/a', { body, size, mimeType: 'video/mp4' });
		expect(sent).toEqual([
			{
				login: false,
				method: 'PUT',
				url: 'https://put/a',
				body,
				headers: { 'Content-Type': 'video/mp4', 'Content-Length': String(size) },
				timeout,
				disableFollowRedirect: true,
				abortSignal: stop.signal,
				...bounded,
			},
		]);
	});
});
