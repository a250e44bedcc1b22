import type { INodeProperties } from 'n8n-workflow';
import { withDetails } from '../../api/decode';
import type { ItemParameters } from '../../parameters/itemParameters';
import { updateRequest, type VideoChanges, videoOutput } from '../../video/video';
import { notFoundAdvice, updateFieldsField, videoIdField } from '../common.descriptions';
import { detailFields, isSet, readChangedDetails } from '../detailFields';
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
		const changes = readChanges(parameters);

		// If two items update the same video, the second must include the changes of the first.
		return async ({ client, mutex }) =>
			await mutex.runExclusive(contentId, async () => {
				const before = await client.getContent(contentId);
				const request = updateRequest(before, changes);
				if (!request) {
					throw parameters.error(
						`Videograph does not report the title of the video ${contentId}, and every update requires it`,
						'Add Title to Update Fields.',
					);
				}
				const response = await client.updateContent(contentId, request);
				return [withResponse(videoOutput(withDetails(before, request)), response)];
			});
	},
};

function readChanges(parameters: ItemParameters): VideoChanges {
	const saveOriginalCopy = parameters.optionalBoolean('updateFields.saveOriginalCopy');
	const changes: VideoChanges = {
		...(isSet(parameters, 'updateFields.title') && { title: parameters.text('updateFields.title') }),
		...readChangedDetails(parameters),
		...(saveOriginalCopy !== undefined && { save_original_copy: saveOriginalCopy }),
	};
	if (Object.keys(changes).length > 0) return changes;
	return parameters.refuse('updateFields', 'no field was added', 'Add a field to change.');
}
