import { decodeVideo } from '../../api/decode';
import { videoOutput } from '../../video/video';
import { notFoundAdvice, optionsField, simplifyField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { waitOptionFields } from '../waitOptions';
import { videoWait } from './createAndWait';
import { VIDEO_WAIT } from './fields';

export const waitUntilReady: Operation = {
	value: 'waitUntilReady',
	name: 'Wait Until Ready',
	action: 'Wait until video is ready',
	description: 'Wait until a video, or a clip by its contentId, can be played; all items wait together',
	builderHint:
		'Put it before nodes that use playbackUrl or thumbnailUrl of a video that an earlier node created without ' +
		'waiting.',
	endpoints: ['getContent', 'listContents'],
	fields: [videoIdField, optionsField([simplifyField, ...waitOptionFields(VIDEO_WAIT)], false)],
	advice: { 404: notFoundAdvice('Video') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const wait = videoWait(parameters);
		return async (context) => {
			const pending = wait(context, { id: contentId }).then(({ video = decodeVideo({ contentId }) }) => [
				{ json: videoOutput(video), raw: video.raw },
			]);
			return await Promise.resolve({ output: [], pending });
		};
	},
};
