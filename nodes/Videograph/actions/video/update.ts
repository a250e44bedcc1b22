import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../parameters/itemParameters';
import { updateRequest, type VideoChanges } from '../../video/updateVideo';
import { videoOutput } from '../../video/video';
import { videoIdField } from '../common.descriptions';
import { detailFields, isSet,readChangedDetails } from '../detailFields';
import type { Operation } from '../operation';
import { changeOptionsField, saveOriginalCopyField, titleField, VIDEO_NOT_FOUND } from './fields';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. Everything else stays as it is; a description, metadata or tags left empty are emptied.',
	options: [
		...detailFields('video', 'What the video shows'),
		saveOriginalCopyField,
		{ ...titleField, required: false },
	].sort((a, b) => a.displayName.localeCompare(b.displayName)),
};

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update video',
	description: 'Change the title, the description, the tags or the metadata of a video',
	endpoints: ['updateContent', 'getContent'],
	fields: [videoIdField, updateFields, changeOptionsField],
	advice: { 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const changes = changesOf(parameters);
		const simplify = parameters.boolean('options.simplify', true);

		// Two items may change the same video: the second must send along what the first has changed.
		return async ({ client, mutex }) => await mutex.runExclusive(contentId, async () => {
			const before = await client.getContent(contentId);
			const request = updateRequest(before, changes);
			if (!request) {
				throw parameters.error(
					`Videograph does not tell the title of the video ${contentId}, and it must be sent with any change`,
					'Add Title to Update Fields.',
				);
			}
			const answer = await client.updateContent(contentId, request);
			const { title, description, tags, metadata } = request;
			const output = videoOutput({ ...before, title, description, tags, metadata });
			return [simplify ? output : { ...output, raw: answer }];
		});
	},
};

function changesOf(parameters: ItemParameters): VideoChanges {
	const original = parameters.optionalBoolean('updateFields.saveOriginalCopy');
	const changes: VideoChanges = {
		...(isSet(parameters, 'updateFields.title') && { title: parameters.text('updateFields.title') }),
		...readChangedDetails(parameters),
		...(original !== undefined && { save_original_copy: original }),
	};
	if (Object.keys(changes).length > 0) return changes;
	return parameters.refuse('updateFields', 'there is nothing to change', 'Add a field to change.');
}
