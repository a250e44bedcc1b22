import { NodeOperationError } from 'n8n-workflow';
import { hash } from '../utils/hash';
import { formatValue } from '../utils/values';
import { type RetryOptions, VideographClient } from './client';
import { createTransport, CREDENTIAL, type RequestContext } from './transport';

export interface Credentials {
	/** Base URL of the API without a trailing slash. */
	origin: string;
	/** Identifies the account: a hash of the Base URL, the access token and its secret. */
	accountKey: string;
}

/**
 * Creates an API client with the credentials of a node.
 *
 * @param retry omit it in the editor, where a list should fail at once instead of retrying
 * @throws {NodeOperationError} if the Base URL of the credentials is not an http or https URL
 */
export async function createClient(context: RequestContext, retry?: RetryOptions): Promise<VideographClient> {
	const { origin } = await readCredentials(context);
	return new VideographClient(origin, createTransport(context), retry);
}

/** @throws {NodeOperationError} if the Base URL of the credentials is not an http or https URL */
export async function readCredentials(context: RequestContext): Promise<Credentials> {
	const credentials =
		await context.getCredentials<Record<'baseUrl' | 'accessTokenId' | 'secretKey', unknown>>(CREDENTIAL);
	const { baseUrl, accessTokenId, secretKey } = credentials;
	const origin = typeof baseUrl === 'string' ? baseUrl.trim().replace(/\/+$/, '') : '';
	if (!/^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/i.test(origin)) {
		throw new NodeOperationError(context.getNode(), `Base URL: ${formatValue(baseUrl)} is not a valid URL`, {
			description:
				'Open the Videograph API credential and set its Base URL to https://api.videograph.ai, or to ' +
				'another URL that begins with https:// or http://.',
		});
	}
	return { origin, accountKey: hash([origin, accessTokenId, secretKey]) };
}
