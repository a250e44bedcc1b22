import { livestreamOutput } from '../../livestream/livestream';
import { notFoundAdvice, simplifyField, streamIdField } from '../common.descriptions';
import type { Operation } from '../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get live stream',
	description: 'Get the status and the URLs of a live stream',
	endpoints: ['getLivestream'],
	fields: [streamIdField, simplifyField],
	advice: { 404: notFoundAdvice('Live Stream') },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		return async ({ client }) => {
			const stream = await client.getLivestream(streamId);
			return [{ json: livestreamOutput(stream), raw: stream.raw }];
		};
	},
};
