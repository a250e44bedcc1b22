import type { INodeProperties } from 'n8n-workflow';
import { isMetadataEntry } from '../../api/response';
import type { Livestream, UpdateLivestream } from '../../api/types';
import { livestreamOutput } from '../../livestream/livestream';
import type { ItemParameters } from '../../parameters/itemParameters';
import { stringOrNull } from '../../utils/values';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField, streamIdField } from '../common.descriptions';
import { isSet,readChangedDetails } from '../detailFields';
import type { Operation } from '../operation';
import { STREAM_NOT_FOUND } from './advice';
import { dvr, optionalFields, titleField } from './fields';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. A field that is added and left empty is emptied.',
	hint: 'Videograph may not tell the tags and the DVR duration of a live stream, and then an update can lose them. To be sure to keep them, add them here.',
	options: [...optionalFields, { ...titleField, required: false }],
};

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update live stream',
	description: 'Change the title, the description, the tags, the metadata or the DVR duration of a live stream',
	endpoints: ['updateLivestream', 'getLivestream'],
	fields: [
		streamIdField,
		updateFields,
		optionsField([concurrencyField, maxRateLimitWaitField, simplifyField]),
	],
	advice: { 404: STREAM_NOT_FOUND },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const changes = changesOf(parameters);
		const simplify = parameters.boolean('options.simplify', true);

		// Two items may change the same live stream: the second must send along what the first has changed.
		return async ({ client, mutex }) => await mutex.runExclusive(streamId, async () => {
			const current = await client.getLivestream(streamId);
			const title = changes.title ?? stringOrNull(current.title);
			if (title === null) {
				throw parameters.error(
					`Videograph does not tell the title of the live stream ${streamId}, and it must be sent with any change`,
					'Add Title to Update Fields.',
				);
			}
			const request = { ...known(current), ...changes, title };
			const answer = await client.updateLivestream(streamId, request);
			const output = livestreamOutput({ ...current, ...request }, null);
			return [simplify ? output : { ...output, raw: answer }];
		});
	},
};

function changesOf(parameters: ItemParameters): Partial<UpdateLivestream> {
	const changes = {
		...(isSet(parameters, 'updateFields.title') && { title: parameters.text('updateFields.title') }),
		...readChangedDetails(parameters),
		...dvr(parameters, 'updateFields'),
	};
	if (Object.keys(changes).length > 0) return changes;
	return parameters.refuse('updateFields', 'there is nothing to change', 'Add a field to change.');
}

/** What the API tells of a live stream, to be sent again: it may empty what an update leaves out. */
function known({ description, tags, metadata, dvrDurationInMins }: Livestream): Partial<UpdateLivestream> {
	return {
		...(stringOrNull(description) !== null && { description: String(description) }),
		...(isListOf(tags, (tag) => stringOrNull(tag) !== null) && { tags }),
		...(isListOf(metadata, isMetadataEntry) && { metadata }),
		...(Number.isSafeInteger(dvrDurationInMins) && { dvrDurationInMins }),
	};
}

function isListOf(value: unknown, fits: (entry: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(fits);
}
