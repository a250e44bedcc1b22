import { textOrNull } from '../../shared/values';
import { videoIdField } from '../fields';
import type { Operation } from '../operation';
import { VIDEO_GONE } from './fields';

export const getPlaybackUrl: Operation = {
	value: 'getPlaybackUrl',
	name: 'Get Playback URL',
	action: 'Get playback URL of video',
	description: 'Get the address that players load a video from (HLS)',
	endpoints: ['getPlaybackUrl', 'getContent'],
	fields: [videoIdField],
	advice: { 404: VIDEO_GONE },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		return async ({ client }) => {
			// The call for it is not documented; the video itself names the address too.
			const playbackUrl = textOrNull(await client.getPlaybackUrl(contentId));
			if (playbackUrl !== null) return [{ contentId, playbackUrl }];
			return [{ contentId, playbackUrl: textOrNull((await client.getContent(contentId)).playbackUrl) }];
		};
	},
};
