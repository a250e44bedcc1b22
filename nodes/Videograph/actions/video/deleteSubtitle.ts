import type { INodeProperties } from 'n8n-workflow';
import { doOnce } from '../../idempotency/createOnce';
import { shortHash } from '../../utils/hash';
import { concurrencyField, maxRateLimitWaitField, optionsField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';

const subtitleIdField: INodeProperties = {
	displayName: 'Subtitle ID',
	name: 'subtitleId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5b1f0d3c-8f0a-4f6b-9d0e-2c7a61c3b9aa',
	description: 'The subtitleId that Add Subtitle or Get Many Subtitles returned',
};

export const deleteSubtitle: Operation = {
	value: 'deleteSubtitle',
	name: 'Delete Subtitle',
	action: 'Delete subtitle of video',
	description: 'Delete a subtitle of a video',
	endpoints: ['deleteSubtitle'],
	fields: [videoIdField, subtitleIdField, optionsField([concurrencyField, maxRateLimitWaitField])],
	advice: {
		404: 'Check Video and Subtitle ID: either may be deleted, or belong to another environment than the access token of the Videograph API credential.',
	},

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const subtitleId = parameters.id('subtitleId');
		const key = shortHash([...parameters.identity(), 'deleteSubtitle', contentId, subtitleId]);
		return async (run) => {
			await doOnce(run.store, key, async () => await run.client.deleteSubtitle(contentId, subtitleId));
			return [{ deleted: true, contentId, subtitleId }];
		};
	},
};
