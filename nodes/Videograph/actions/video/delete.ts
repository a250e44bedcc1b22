import { doOnce } from '../../idempotency/createOnce';
import { shortHash } from '../../utils/hash';
import { concurrencyField, maxRateLimitWaitField, optionsField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { VIDEO_NOT_FOUND } from './fields';

export const remove: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete video',
	description: 'Delete a video, or a clip by its contentId',
	endpoints: ['deleteContent'],
	fields: [videoIdField, optionsField([concurrencyField, maxRateLimitWaitField])],
	advice: { 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const key = shortHash([...parameters.identity(), 'deleteContent', contentId]);
		return async (run) => {
			await doOnce(run.store, key, async () => await run.client.deleteContent(contentId));
			return [{ deleted: true, contentId }];
		};
	},
};
