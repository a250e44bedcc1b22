import { videoOutput } from '../../video/video';
import { simplifyField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { VIDEO_NOT_FOUND } from './fields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get video',
	description: 'Get the status and the links of a video',
	endpoints: ['getContent'],
	fields: [videoIdField, simplifyField],
	advice: { 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const simplify = parameters.boolean('simplify', true);
		return async ({ client }) => {
			const content = await client.getContent(contentId);
			return [simplify ? videoOutput(content) : content];
		};
	},
};
