import type { IExecuteFunctions, ILoadOptionsFunctions, IN8nHttpFullResponse, IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { shown } from '../shared/values';
import { VideographClient, type Patience, type Transport } from './client';

const CREDENTIAL = 'videographApi';

/** What n8n gives to whatever calls the API. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** How long the download of a playlist may take, in milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 10_000;

/**
 * How long an upload may take. The HTTP library counts from its start and not from the last byte, so the size counts.
 * Without a limit of its own n8n's holds, which is 5 minutes whatever the size.
 */
const UPLOAD = { leastMs: 10 * 60_000, bytesPerMs: 50, mostMs: 2 ** 31 - 1 };

/**
 * The client of the API for the credential of a node.
 *
 * @param patience none for a list that somebody waits for in the editor: it is better refused at once than late
 * @throws {NodeOperationError} where the credential's Base URL is no http or https address
 */
export async function connect(
	context: Context,
	patience?: Patience,
): Promise<VideographClient> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: unknown }>(CREDENTIAL);
	const origin = typeof baseUrl === 'string' ? baseUrl.trim().replace(/\/+$/, '') : '';
	if (!/^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/i.test(origin)) {
		throw new NodeOperationError(context.getNode(), `Base URL: ${shown(baseUrl)} is not a web address`, {
			description:
				'Open the Videograph API credential and set its Base URL to https://api.videograph.ai, or to another address that begins with https:// or http://.',
		});
	}
	return new VideographClient(context.getNode(), origin, transport(context), patience);
}

function transport(context: Context): Transport {
	const stop = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		send: async (options) =>
			(await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
				...options,
				abortSignal: stop,
			})) as IN8nHttpFullResponse,
		download: async (url) =>
			await (context.helpers.httpRequest({ url, encoding: 'text', timeout: DOWNLOAD_TIMEOUT_MS, abortSignal: stop }) as Promise<unknown>),
		upload: async (url, { body, size, mimeType }) =>
			(await context.helpers.httpRequest({
				method: 'PUT',
				url,
				body,
				headers: { 'Content-Type': mimeType, 'Content-Length': String(size) },
				encoding: 'text',
				timeout: Math.min(UPLOAD.leastMs + Math.ceil(size / UPLOAD.bytesPerMs), UPLOAD.mostMs),
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// To follow one, the HTTP library would keep all that it has sent in memory.
				disableFollowRedirect: true,
				abortSignal: stop,
			})) as IN8nHttpFullResponse,
	};
}
