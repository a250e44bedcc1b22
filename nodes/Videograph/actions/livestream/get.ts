import { livestreamOutput } from '../../livestream/livestream';
import { simplifyField, streamIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { STREAM_NOT_FOUND } from './advice';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get live stream',
	description: 'Get the status and the links of a live stream',
	endpoints: ['getLivestream'],
	fields: [streamIdField, simplifyField],
	advice: { 404: STREAM_NOT_FOUND },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const simplify = parameters.boolean('simplify', true);
		return async ({ client }) => {
			const stream = await client.getLivestream(streamId);
			return [simplify ? livestreamOutput(stream, null) : stream];
		};
	},
};
