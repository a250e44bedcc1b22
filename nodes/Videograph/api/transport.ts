import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { type ByteStream, isByteStream, parseJsonBody, readResponseBody } from './readResponseBody';
import type { SendUpload } from './uploadFile';
import { resolveFileUrl } from './urls';

export const CREDENTIAL = 'videographApi';

/** Any n8n context that can send requests. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The HTTP functions of n8n. A response with any HTTP status resolves. */
export interface Transport {
	/** Sends a request with the credentials. */
	send(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse>;
	/** Fetches a text from any host, without the credentials. */
	download(url: string): Promise<unknown>;
	/** Opens a file of any host, without the credentials. Redirects are followed, to http and https URLs only. */
	readonly open: OpenFile;
	/** Aborts when the execution is stopped. */
	signal: AbortSignal | undefined;
	/** Uploads a file to any host, without the credentials. */
	upload: SendUpload;
}

/** A response of which the body was not read yet. */
export interface OpenedFile {
	status: number;
	headers: Record<string, unknown>;
	body: ByteStream;
	/** The URL after redirects. */
	url: string;
}

/** @param range the value of a Range header */
export type OpenFile = (url: string, range?: string) => Promise<OpenedFile>;

const OPEN_TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;

/** In milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 10_000;

/** Far above a list of 100,000 live streams or a playlist of 12 hours. */
const RESPONSE_LIMITS = { maxLength: 64 * 1024 * 1024, maxMs: 60_000 };

/**
 * The HTTP library counts an upload timeout from the start of the request, so the timeout depends on the file size.
 * Without it, n8n's default of 5 minutes would apply.
 */
const UPLOAD_TIMEOUT = { minMs: 10 * 60_000, bytesPerMs: 50, maxMs: 2 ** 31 - 1 };

export function createTransport(context: RequestContext): Transport {
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const responseOptions = {
		// n8n's helper has no size limit, so bodies are read as streams.
		encoding: 'stream',
		returnFullResponse: true,
		// The body of a failure contains its message. Otherwise n8n's helper also repeats a request after a 401.
		ignoreHttpStatusErrors: true,
		abortSignal: signal,
	} as const;
	const read = async (response: unknown, maxMs = RESPONSE_LIMITS.maxMs) => {
		const { body, ...rest } = response as IN8nHttpFullResponse;
		return { ...rest, body: await readResponseBody(body, { ...RESPONSE_LIMITS, maxMs, signal }) };
	};
	return {
		send: async (options) => {
			const response = await read(
				await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
					...options,
					...responseOptions,
				}),
			);
			return { ...response, body: parseJsonBody(response.body) as IN8nHttpFullResponse['body'] };
		},
		download: async (url) => {
			const { statusCode, body } = await read(
				await context.helpers.httpRequest({ url, timeout: DOWNLOAD_TIMEOUT_MS, ...responseOptions }),
				DOWNLOAD_TIMEOUT_MS,
			);
			return statusCode === 200 ? body : undefined;
		},
		open: async (url, range) => {
			let current = url;
			for (let redirects = 0; ; redirects++) {
				const response: unknown = await context.helpers.httpRequest({
					url: current,
					// Bytes as they are: otherwise the HTTP library decompresses them.
					headers: { 'Accept-Encoding': 'identity', ...(range !== undefined && { Range: range }) },
					timeout: OPEN_TIMEOUT_MS,
					// The HTTP library does not return the URL of the last redirect, which relative URLs refer to.
					disableFollowRedirect: true,
					...responseOptions,
				});
				const { statusCode: status, headers, body } = response as IN8nHttpFullResponse;
				if (!isByteStream(body)) throw new Error('The response is not a stream');
				const location = status >= 300 && status < 400 ? headers.location : undefined;
				const target = typeof location === 'string' ? resolveFileUrl(location, current) : undefined;
				if (target === undefined || redirects === MAX_REDIRECTS) return { status, headers, body, url: current };
				body.destroy();
				current = target;
			}
		},
		signal,
		upload: async (url, { body, size, mimeType }) =>
			(await read(
				await context.helpers.httpRequest({
					method: 'PUT',
					url,
					body,
					headers: { 'Content-Type': mimeType, 'Content-Length': String(size) },
					timeout: Math.min(UPLOAD_TIMEOUT.minMs + Math.ceil(size / UPLOAD_TIMEOUT.bytesPerMs), UPLOAD_TIMEOUT.maxMs),
					// To follow a redirect, the HTTP library would buffer the whole file in memory.
					disableFollowRedirect: true,
					...responseOptions,
				}),
			)) as IN8nHttpFullResponse,
	};
}
