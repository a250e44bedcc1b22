import type { INodeProperties } from 'n8n-workflow';
import { withDetails } from '../../api/decode';
import { updateRequest, videoOutput } from '../../video/video';
import { notFoundAdvice, updateFieldsField, videoIdField } from '../common.descriptions';
import { detailFields, readChanges, requireTitle } from '../detailFields';
import { type Operation, withResponse } from '../operation';
import { changeOptionsField, saveOriginalCopyField, titleField } from './fields';

const updateFields: INodeProperties = {
	...updateFieldsField([...detailFields('video'), saveOriginalCopyField, { ...titleField, required: false }]),
	description: 'The fields to change. An empty description, metadata or tags field clears the stored value.',
};

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update video',
	description: 'Update the title, description, tags or metadata of a video',
	endpoints: ['updateContent', 'getContent'],
	fields: [videoIdField, updateFields, changeOptionsField],
	advice: { 404: notFoundAdvice('Video') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const saveOriginalCopy = parameters.optionalBoolean('updateFields.saveOriginalCopy');
		const changes = readChanges(
			parameters,
			saveOriginalCopy === undefined ? {} : { save_original_copy: saveOriginalCopy },
		);

		// If two items update the same video, the second must include the changes of the first.
		return async ({ client, mutex }) =>
			await mutex.runExclusive(contentId, async () => {
				const before = await client.getContent(contentId);
				const title = requireTitle(parameters, changes.title ?? before.title, `video ${contentId}`);
				const request = updateRequest(before, { ...changes, title });
				const response = await client.updateContent(contentId, request);
				return [withResponse(videoOutput(withDetails(before, request)), response)];
			});
	},
};
