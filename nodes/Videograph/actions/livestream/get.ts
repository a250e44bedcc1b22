import { simplifyField, streamIdField } from '../fields';
import type { Operation } from '../operation';
import { livestreamOutput } from './output';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get live stream',
	description: 'Get the state and the addresses of a live stream',
	fields: [streamIdField, simplifyField],
	advice: {
		404: 'Check Live Stream: it may be deleted, or belong to another environment than the access token of the Videograph API credential.',
	},

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const simplify = parameters.flag('simplify', true);
		return async ({ client }) => {
			const stream = await client.getLivestream(streamId);
			return [simplify ? livestreamOutput(stream, null) : stream];
		};
	},
};
