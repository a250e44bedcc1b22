import { stringOrNull } from '../../utils/values';
import { videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { VIDEO_NOT_FOUND } from './fields';

export const getPlaybackUrl: Operation = {
	value: 'getPlaybackUrl',
	name: 'Get Playback URL',
	action: 'Get playback URL of video',
	description: 'Get the address that players load a video from (HLS)',
	endpoints: ['getPlaybackUrl', 'getContent'],
	fields: [videoIdField],
	advice: { 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		return async ({ client }) => {
			// The call for it is not documented; the video itself names the address too.
			const playbackUrl = stringOrNull(await client.getPlaybackUrl(contentId));
			if (playbackUrl !== null) return [{ contentId, playbackUrl }];
			return [{ contentId, playbackUrl: stringOrNull((await client.getContent(contentId)).playbackUrl) }];
		};
	},
};
