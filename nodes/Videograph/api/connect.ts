import type { IExecuteFunctions, ILoadOptionsFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { shown } from '../shared/values';
import { VideographClient } from './client';

const CREDENTIAL = 'videographApi';

/**
 * The client of the API for the credential of a node.
 *
 * @throws {NodeOperationError} where the credential's Base URL is no http or https address
 */
export async function connect(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<VideographClient> {
	const { baseUrl } = await context.getCredentials<{ baseUrl: unknown }>(CREDENTIAL);
	const origin = typeof baseUrl === 'string' ? baseUrl.trim().replace(/\/+$/, '') : '';
	if (!/^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/i.test(origin)) {
		throw new NodeOperationError(context.getNode(), `Base URL: ${shown(baseUrl)} is not a web address`, {
			description:
				'Open the Videograph API credential and set its Base URL to https://api.videograph.ai, or to another address that begins with https:// or http://.',
		});
	}
	return new VideographClient(
		context.getNode(),
		origin,
		async (options) =>
			(await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options)) as IN8nHttpFullResponse,
	);
}
