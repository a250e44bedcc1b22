import type { INodeProperties } from 'n8n-workflow';
import { doOnce } from '../../idempotency/createOnce';
import { notFoundAdvice, optionsField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';

const subtitleIdField: INodeProperties = {
	displayName: 'Subtitle ID',
	name: 'subtitleId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5b1f0d3c-8f0a-4f6b-9d0e-2c7a61c3b9aa',
	description: 'A subtitleId, as Add Subtitle and Get Many Subtitles return it',
	builderHint: { propertyHint: 'subtitleId of an item of Get Many Subtitles.' },
};

export const deleteSubtitle: Operation = {
	value: 'deleteSubtitle',
	name: 'Delete Subtitle',
	action: 'Delete subtitle of video',
	description: 'Delete a subtitle of a video',
	endpoints: ['deleteSubtitle'],
	fields: [videoIdField, subtitleIdField, optionsField()],
	advice: { 404: notFoundAdvice('Video and Subtitle ID') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const subtitleId = parameters.id('subtitleId');
		const key = parameters.idempotencyKey('deleteSubtitle', contentId, subtitleId);
		return async (context) => {
			await doOnce(context.store, key, async () => await context.client.deleteSubtitle(contentId, subtitleId));
			return [{ json: { deleted: true, contentId, subtitleId } }];
		};
	},
};
