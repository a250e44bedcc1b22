import { videoOutput } from '../../video/video';
import { maxRateLimitWaitField, optionsField, simplifyField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { VIDEO_NOT_FOUND } from './fields';
import { onNotReadyField, readWaitOptions,timeoutField } from './waitOptions';

export const waitUntilReady: Operation = {
	value: 'waitUntilReady',
	name: 'Wait Until Ready',
	action: 'Wait until video is ready',
	description: 'Wait until a video, or a clip by its contentId, can be played; all items wait together',
	endpoints: ['getContent', 'listContents'],
	fields: [videoIdField, optionsField([onNotReadyField, maxRateLimitWaitField, simplifyField, timeoutField])],
	advice: { 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const simplify = parameters.boolean('options.simplify', true);
		const ready = readWaitOptions(parameters);
		return async (run) => {
			const wait = async () => {
				const { content = { contentId } } = await ready(run, { contentId });
				return [simplify ? videoOutput(content) : content];
			};
			return await Promise.resolve({ output: [], pending: wait() });
		};
	},
};
