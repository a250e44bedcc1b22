import { shortHash } from '../../shared/hash';
import { doOnce } from '../doOnce';
import { concurrencyField, longestPauseField, optionsField, videoIdField } from '../fields';
import type { Operation } from '../operation';
import { VIDEO_GONE } from './fields';

export const remove: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete video',
	description: 'Delete a video, or a clip by its contentId',
	endpoints: ['deleteContent'],
	fields: [videoIdField, optionsField([concurrencyField, longestPauseField])],
	advice: { 404: VIDEO_GONE },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const key = shortHash([...parameters.identity(), 'deleteContent', contentId]);
		return async (run) => {
			await doOnce(run, key, async () => await run.client.deleteContent(contentId));
			return [{ deleted: true, contentId }];
		};
	},
};
