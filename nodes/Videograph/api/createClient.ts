import { NodeOperationError } from 'n8n-workflow';
import { formatValue } from '../utils/values';
import { type RetryOptions, VideographClient } from './client';
import { createTransport, CREDENTIAL, type RequestContext } from './transport';

/**
 * Creates an API client with the credentials of a node.
 *
 * @param retry omit it in the editor, where a list should fail at once instead of retrying
 * @throws {NodeOperationError} if the Base URL of the credentials is not an http or https URL
 */
export async function createClient(context: RequestContext, retry?: RetryOptions): Promise<VideographClient> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: unknown }>(CREDENTIAL);
	const origin = typeof baseUrl === 'string' ? baseUrl.trim().replace(/\/+$/, '') : '';
	if (!/^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/i.test(origin)) {
		throw new NodeOperationError(context.getNode(), `Base URL: ${formatValue(baseUrl)} is not a valid URL`, {
			description:
				'Open the Videograph API credential and set its Base URL to https://api.videograph.ai, or to ' +
				'another URL that begins with https:// or http://.',
		});
	}
	return new VideographClient(origin, createTransport(context), retry);
}
