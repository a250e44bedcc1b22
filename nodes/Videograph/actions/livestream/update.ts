import type { INodeProperties } from 'n8n-workflow';
import type { Livestream, UpdateLivestream } from '../../api/types';
import { isEntry } from '../../api/metadata';
import { livestreamOutput } from '../../livestream/output';
import { textOrNull } from '../../shared/values';
import { changedAbout, isGiven } from '../aboutFields';
import { concurrencyField, longestPauseField, optionsField, simplifyField, streamIdField } from '../fields';
import type { Operation } from '../operation';
import type { ItemParameters } from '../parameters';
import { CHECK_STREAM } from './advice';
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
		optionsField([concurrencyField, longestPauseField, simplifyField]),
	],
	advice: { 404: CHECK_STREAM },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const changes = changesOf(parameters);
		const simplify = parameters.flag('options.simplify', true);

		// Two items may change the same live stream: the second must send along what the first has changed.
		return async ({ client, turns }) => await turns.take(streamId, async () => {
			const current = await client.getLivestream(streamId);
			const title = changes.title ?? textOrNull(current.title);
			if (title === null) {
				throw parameters.failure(
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
		...(isGiven(parameters, 'updateFields.title') && { title: parameters.text('updateFields.title') }),
		...changedAbout(parameters),
		...dvr(parameters, 'updateFields'),
	};
	if (Object.keys(changes).length > 0) return changes;
	return parameters.refuse('updateFields', 'there is nothing to change', 'Add a field to change.');
}

/** What the API tells of a live stream, to be sent again: it may empty what an update leaves out. */
function known({ description, tags, metadata, dvrDurationInMins }: Livestream): Partial<UpdateLivestream> {
	return {
		...(textOrNull(description) !== null && { description: String(description) }),
		...(isListOf(tags, (tag) => textOrNull(tag) !== null) && { tags }),
		...(isListOf(metadata, isEntry) && { metadata }),
		...(Number.isSafeInteger(dvrDurationInMins) && { dvrDurationInMins }),
	};
}

function isListOf(value: unknown, fits: (entry: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(fits);
}
