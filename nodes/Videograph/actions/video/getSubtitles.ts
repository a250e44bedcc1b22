import { subtitleOutput } from '../../video/video';
import { notFoundAdvice, readLimit, returnAllFields, simplifyField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';

export const getSubtitles: Operation = {
	value: 'getSubtitles',
	name: 'Get Many Subtitles',
	action: 'Get many subtitles of video',
	description: 'Get a list of the subtitles of a video',
	endpoints: ['listSubtitles', 'getContent'],
	fields: [videoIdField, ...returnAllFields, simplifyField],
	advice: { 404: notFoundAdvice('Video') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const limit = readLimit(parameters);
		return async ({ client }) => {
			const subtitles = await client.listSubtitles(contentId);
			if (subtitles) {
				return subtitles
					.slice(0, limit)
					.map((subtitle) => ({ json: subtitleOutput(contentId, subtitle), raw: subtitle.raw }));
			}
			// A 404 means that either the list or the video does not exist. If it is the video, this request fails.
			await client.getContent(contentId);
			throw parameters.error(
				'Videograph no longer lists the subtitles of a video',
				'This undocumented endpoint is gone. Store the IDs that Add Subtitle returns.',
			);
		};
	},
};
