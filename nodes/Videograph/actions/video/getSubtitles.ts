import { subtitleOutput } from '../../video/video';
import { returnAllFields, simplifyField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { VIDEO_NOT_FOUND } from './fields';

export const getSubtitles: Operation = {
	value: 'getSubtitles',
	name: 'Get Many Subtitles',
	action: 'Get many subtitles of video',
	description: 'Get a list of the subtitles of a video',
	endpoints: ['listSubtitles', 'getContent'],
	fields: [videoIdField, ...returnAllFields, simplifyField],
	advice: { 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const limit = parameters.boolean('returnAll', false) ? Infinity : parameters.positiveInteger('limit');
		const simplify = parameters.boolean('simplify', true);
		return async ({ client }) => {
			const subtitles = await client.listSubtitles(contentId);
			if (subtitles) {
				return subtitles.slice(0, limit).map((one) => (simplify ? subtitleOutput(contentId, one) : one));
			}
			// One answer says that there is no such list, and that there is no such video: asked for, the latter fails.
			await client.getContent(contentId);
			throw parameters.error(
				'Videograph no longer lists the subtitles of a video',
				'That list is not documented, and it is gone. Keep the IDs that Add Subtitle returns.',
			);
		};
	},
};
