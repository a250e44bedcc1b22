import { livestreamOutput } from '../../livestream/output';
import { simplifyField, streamIdField } from '../fields';
import type { Operation } from '../operation';
import { CHECK_STREAM } from './advice';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get live stream',
	description: 'Get the status and the links of a live stream',
	endpoints: ['getLivestream'],
	fields: [streamIdField, simplifyField],
	advice: { 404: CHECK_STREAM },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const simplify = parameters.flag('simplify', true);
		return async ({ client }) => {
			const stream = await client.getLivestream(streamId);
			return [simplify ? livestreamOutput(stream, null) : stream];
		};
	},
};
