import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { parseJsonBody, readResponseBody } from './readResponseBody';
import type { SendUpload } from './uploadFile';

export const CREDENTIAL = 'videographApi';

/** Any n8n context that can send requests. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** The HTTP functions of n8n. A response with any HTTP status resolves. */
export interface Transport {
	/** Sends a request with the credentials. */
	send(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse>;
	/** Fetches a text from any host, without the credentials. */
	download(url: string): Promise<unknown>;
	/** Uploads a file to any host, without the credentials. */
	upload: SendUpload;
}

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
