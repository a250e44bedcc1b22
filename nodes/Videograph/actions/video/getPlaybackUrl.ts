import { notFoundAdvice, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';

export const getPlaybackUrl: Operation = {
	value: 'getPlaybackUrl',
	name: 'Get Playback URL',
	action: 'Get playback URL of video',
	description: 'Get the HLS URL of a video',
	builderHint: 'For players and services that take an HLS URL. It is not the URL of a file.',
	endpoints: ['getPlaybackUrl', 'getContent'],
	fields: [videoIdField],
	advice: { 404: notFoundAdvice('Video') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		return async ({ client }) => {
			// This endpoint is not documented. The details of the video contain the URL too.
			const playbackUrl = await client.getPlaybackUrl(contentId);
			if (playbackUrl !== null) return [{ json: { contentId, playbackUrl } }];
			const video = await client.getContent(contentId);
			return [{ json: { contentId, playbackUrl: video.playbackUrl } }];
		};
	},
};
