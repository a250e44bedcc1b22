import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { API_PATH } from '../nodes/Videograph/api/urls';

export class VideographApi implements ICredentialType {
	name = 'videographApi';

	displayName = 'Videograph API';

	icon: Icon = {
		light: 'file:../nodes/Videograph/videograph.svg',
		dark: 'file:../nodes/Videograph/videograph.dark.svg',
	};

	documentationUrl = 'https://docs.videograph.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token ID',
			name: 'accessTokenId',
			type: 'string',
			default: '',
			required: true,
			description: 'From the Videograph dashboard: the ID of an API access token with the right "Video Read and Write". It belongs to one environment.',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The secret key that belongs to the access token. Videograph shows it once, when the token is made.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.videograph.ai',
			description: 'Leave it as it is, unless Videograph or your proxy gave you another address',
		},
	];

	/** A function, as n8n would resolve two expressions for each request otherwise: a sixth of all that a request costs. */
	async authenticate(
		{ accessTokenId, secretKey }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const auth = { username: accessTokenId as string, password: secretKey as string };
		return await Promise.resolve({ ...request, auth });
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}${API_PATH}`,
			url: '/contents',
			qs: { limit: 1 },
		},
		// Without these n8n shows the bare words of the HTTP status.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Access Token ID and Secret Key do not belong together. Copy both from the same access token of Videograph.',
				},
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'The access token lacks the right "Video Read and Write". Make one that has it.' },
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'The Videograph API is not at this Base URL. Leave it at https://api.videograph.ai, unless Videograph or your proxy gave you another.',
				},
			},
		],
	};
}
