import type { INodeProperties } from 'n8n-workflow';
import { isMetadataEntry } from '../../api/response';
import type { Livestream, UpdateLivestream } from '../../api/types';
import { livestreamOutput } from '../../livestream/livestream';
import type { ItemParameters } from '../../parameters/itemParameters';
import { stringOrNull } from '../../utils/values';
import { notFoundAdvice, optionsField, simplifyField, streamIdField, updateFieldsField } from '../common.descriptions';
import { isSet, readChangedDetails } from '../detailFields';
import { type Operation, withResponse } from '../operation';
import { optionalFields, readChangedDvrDuration, titleField } from './fields';

const updateFields: INodeProperties = {
	...updateFieldsField([...optionalFields, { ...titleField, required: false }]),
	description: 'The fields to change. An empty description, metadata or tags field clears the stored value.',
	hint: 'Videograph may not report tags and DVR duration. Add them here, or the update may clear them.',
};

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update live stream',
	description: 'Update the title, description, tags, metadata or DVR duration of a live stream',
	endpoints: ['updateLivestream', 'getLivestream'],
	fields: [streamIdField, updateFields, optionsField([simplifyField])],
	advice: { 404: notFoundAdvice('Live Stream') },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const changes = readChanges(parameters);

		// If two items update the same live stream, the second must include the changes of the first.
		return async ({ client, mutex }) =>
			await mutex.runExclusive(streamId, async () => {
				const current = await client.getLivestream(streamId);
				const title = changes.title ?? stringOrNull(current.title);
				if (title === null) {
					throw parameters.error(
						`Videograph does not report the title of the live stream ${streamId}, and every update requires it`,
						'Add Title to Update Fields.',
					);
				}
				const request = { ...storedFields(current), ...changes, title };
				const response = await client.updateLivestream(streamId, request);
				const output = livestreamOutput({ ...current, ...request }, null);
				return [withResponse(output, response)];
			});
	},
};

function readChanges(parameters: ItemParameters): Partial<UpdateLivestream> {
	const changes = {
		...(isSet(parameters, 'updateFields.title') && { title: parameters.text('updateFields.title') }),
		...readChangedDetails(parameters),
		...readChangedDvrDuration(parameters),
	};
	if (Object.keys(changes).length > 0) return changes;
	return parameters.refuse('updateFields', 'no field was added', 'Add a field to change.');
}

/** The fields to resend: Videograph may clear fields that an update omits. */
function storedFields({ description, tags, metadata, dvrDurationInMins }: Livestream): Partial<UpdateLivestream> {
	return {
		...(stringOrNull(description) !== null && { description: String(description) }),
		...(isArrayOf(tags, (tag) => stringOrNull(tag) !== null) && { tags }),
		...(isArrayOf(metadata, isMetadataEntry) && { metadata }),
		...(Number.isSafeInteger(dvrDurationInMins) && { dvrDurationInMins }),
	};
}

function isArrayOf(value: unknown, isValid: (entry: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(isValid);
}
