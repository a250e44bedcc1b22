import type { INodeProperties } from 'n8n-workflow';
import { type Livestream, storedDetails, withDetails } from '../../api/decode';
import type { UpdateLivestream } from '../../api/types';
import { livestreamOutput } from '../../livestream/livestream';
import type { ItemParameters } from '../../parameters/itemParameters';
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
				const title = changes.title ?? current.title;
				if (title === null) {
					throw parameters.error(
						`Videograph does not report the title of the live stream ${streamId}, and every update requires it`,
						'Add Title to Update Fields.',
					);
				}
				const request = { ...storedFields(current), ...changes, title };
				const response = await client.updateLivestream(streamId, request);
				return [withResponse(livestreamOutput(withDetails(current, request)), response)];
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

/** The fields to send again: Videograph may clear fields that an update omits. */
function storedFields(stream: Livestream): Partial<UpdateLivestream> {
	const { dvrMinutes } = stream;
	return { ...storedDetails(stream), ...(dvrMinutes !== null && { dvrDurationInMins: dvrMinutes }) };
}
