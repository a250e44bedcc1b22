import { videoOutput } from '../../video/output';
import { simplifyField, videoIdField } from '../fields';
import type { Operation } from '../operation';
import { VIDEO_GONE } from './fields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get video',
	description: 'Get the status and the links of a video',
	endpoints: ['getContent'],
	fields: [videoIdField, simplifyField],
	advice: { 404: VIDEO_GONE },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const simplify = parameters.flag('simplify', true);
		return async ({ client }) => {
			const content = await client.getContent(contentId);
			return [simplify ? videoOutput(content) : content];
		};
	},
};
