import type { IExecuteFunctions, ILoadOptionsFunctions, IN8nHttpFullResponse, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { formatValue } from '../utils/values';
import { parseJsonBody, readResponseBody } from './readResponseBody';
import { VideographClient, type RetryOptions, type Transport } from './client';

const CREDENTIAL = 'videographApi';

/** What n8n gives to whatever calls the API. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** How long the download of a playlist may take, in milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 10_000;

/**
 * How much of an answer is read, and for how long after it has begun: a list of a hundred thousand live streams is
 * shorter, and a playlist of 12 hours much shorter.
 */
const RESPONSE_LIMITS = { maxLength: 64 * 1024 * 1024, maxMs: 60_000 };

/**
 * How long an upload may take. The HTTP library counts from its start and not from the last byte, so the size counts.
 * Without a limit of its own n8n's holds, which is 5 minutes whatever the size.
 */
const UPLOAD_TIMEOUT = { minMs: 10 * 60_000, bytesPerMs: 50, maxMs: 2 ** 31 - 1 };

/**
 * The client of the API for the credential of a node.
 *
 * @param patience none for a list that somebody waits for in the editor: it is better refused at once than late
 * @throws {NodeOperationError} where the credential's Base URL is no http or https address
 */
export async function createClient(
	context: Context,
	patience?: RetryOptions,
): Promise<VideographClient> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: unknown }>(CREDENTIAL);
	const origin = typeof baseUrl === 'string' ? baseUrl.trim().replace(/\/+$/, '') : '';
	if (!/^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/i.test(origin)) {
		throw new NodeOperationError(context.getNode(), `Base URL: ${formatValue(baseUrl)} is not a web address`, {
			description:
				'Open the Videograph API credential and set its Base URL to https://api.videograph.ai, or to another address that begins with https:// or http://.',
		});
	}
	return new VideographClient(context.getNode(), origin, createTransport(context), patience);
}

function createTransport(context: Context): Transport {
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	// n8n's helper bounds no answer, so it hands the answers over as streams, and they are read here.
	const bounded = {
		encoding: 'stream',
		returnFullResponse: true,
		// The words of a failure are in its body; and the helper would send a request that got a 401 twice.
		ignoreHttpStatusErrors: true,
		abortSignal: signal,
	} as const;
	const read = async (answer: unknown, maxMs = RESPONSE_LIMITS.maxMs) => {
		const { body, ...rest } = answer as IN8nHttpFullResponse;
		return { ...rest, body: await readResponseBody(body, { ...RESPONSE_LIMITS, maxMs, signal }) };
	};
	return {
		send: async (options) => {
			const answer = await read(
				await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, { ...options, ...bounded }),
			);
			return { ...answer, body: parseJsonBody(answer.body) as IN8nHttpFullResponse['body'] };
		},
		download: async (url) => {
			const { statusCode, body } = await read(
				await context.helpers.httpRequest({ url, timeout: DOWNLOAD_TIMEOUT_MS, ...bounded }),
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
					// To follow one, the HTTP library would keep all that it has sent in memory.
					disableFollowRedirect: true,
					...bounded,
				}),
			)) as IN8nHttpFullResponse,
	};
}
