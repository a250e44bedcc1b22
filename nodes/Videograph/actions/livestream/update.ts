import type { INodeProperties } from 'n8n-workflow';
import { type Livestream, storedDetails, withDetails } from '../../api/decode';
import type { UpdateLivestream } from '../../api/types';
import { livestreamOutput } from '../../livestream/livestream';
import { notFoundAdvice, optionsField, simplifyField, streamIdField, updateFieldsField } from '../common.descriptions';
import { isAdded, readChanges, requireTitle } from '../detailFields';
import { type Operation, withResponse } from '../operation';
import { optionalFields, titleField, toMinutes } from './fields';

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
		// DVR Duration cannot be cleared, so an empty one is refused.
		const changes = readChanges(
			parameters,
			isAdded(parameters, 'dvrDuration')
				? { dvrDurationInMins: toMinutes(parameters.duration('updateFields.dvrDuration')) }
				: {},
		);

		// If two items update the same live stream, the second must include the changes of the first.
		return async ({ client, mutex }) =>
			await mutex.runExclusive(streamId, async () => {
				const current = await client.getLivestream(streamId);
				const title = requireTitle(parameters, changes.title ?? current.title, `live stream ${streamId}`);
				const request = { ...storedFields(current), ...changes, title };
				const response = await client.updateLivestream(streamId, request);
				return [withResponse(livestreamOutput(withDetails(current, request)), response)];
			});
	},
};

/** The fields to send again: Videograph may clear fields that an update omits. */
function storedFields(stream: Livestream): Partial<UpdateLivestream> {
	const { dvrMinutes } = stream;
	return { ...storedDetails(stream), ...(dvrMinutes !== null && { dvrDurationInMins: dvrMinutes }) };
}
