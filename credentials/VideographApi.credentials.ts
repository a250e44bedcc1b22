import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { API_PATH } from '../nodes/Videograph/api/path';

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
			description: 'Of an access token with the right "Video Read and Write". A token belongs to one environment.',
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
			description: 'Where the Videograph API is reached, beginning with https:// or http://',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			auth: { username: '={{ $credentials.accessTokenId }}', password: '={{ $credentials.secretKey }}' },
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}${API_PATH}`,
			url: '/contents',
			qs: { limit: 1 },
		},
	};
}
