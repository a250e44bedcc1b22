import { videoOutput } from '../../video/output';
import { longestPauseField, optionsField, simplifyField, videoIdField } from '../fields';
import type { Operation } from '../operation';
import { VIDEO_GONE } from './fields';
import { onNotReadyField, timeoutField, untilReady } from './waiting';

export const waitUntilReady: Operation = {
	value: 'waitUntilReady',
	name: 'Wait Until Ready',
	action: 'Wait until video is ready',
	description: 'Wait until a video, or a clip by its contentId, can be played; all items wait together',
	endpoints: ['getContent', 'listContents'],
	fields: [videoIdField, optionsField([onNotReadyField, longestPauseField, simplifyField, timeoutField])],
	advice: { 404: VIDEO_GONE },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const simplify = parameters.flag('options.simplify', true);
		const ready = untilReady(parameters);
		return async (run) => {
			const wait = async () => {
				const { content = { contentId } } = await ready(run, { contentId });
				return [simplify ? videoOutput(content) : content];
			};
			return await Promise.resolve({ soFar: [], rest: wait() });
		};
	},
};
