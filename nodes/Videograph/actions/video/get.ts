import { videoOutput } from '../../video/video';
import { notFoundAdvice, simplifyField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get video',
	description: 'Get the status and the URLs of a video',
	endpoints: ['getContent'],
	fields: [videoIdField, simplifyField],
	advice: { 404: notFoundAdvice('Video') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		return async ({ client }) => {
			const video = await client.getContent(contentId);
			return [{ json: videoOutput(video), raw: video.raw }];
		};
	},
};
