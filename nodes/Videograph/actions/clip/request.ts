import type { INodeProperties } from 'n8n-workflow';
import type { ClipRequest } from '../../api/types';
import { parseMetadata, parseTags } from '../../clip/fields';
import type { ItemParameters } from '../parameters';

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Goal by Ada Lovelace',
	description: 'The title of the clip',
};

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	description: 'What the clip shows',
};

const metadata: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Metadata',
	description: 'Names with values that are kept with the clip, to find it again or to tell other systems about it',
	options: [
		{
			displayName: 'Name and Value',
			name: 'values',
			values: [
				{ displayName: 'Name', name: 'key', type: 'string', default: '', placeholder: 'e.g. team' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. home' },
			],
		},
		{
			displayName: 'JSON Object',
			name: 'json',
			values: [
				{
					displayName: 'Object',
					name: 'object',
					type: 'json',
					default: '{}',
					description: 'Several names with values at once, such as { "team": "home", "player": "9" }',
				},
			],
		},
	],
};

const tags: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. goal, first half',
	description: 'Words to find the clip by, with commas between. An expression may also give a list.',
};

export const additionalField: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [description, metadata, tags],
};

/** Reads `titleField` and `additionalField`. What is not set is not sent. */
export function clipRequest(parameters: ItemParameters): Omit<ClipRequest, 'startTime' | 'endTime'> {
	return { title: parameters.text('title'), ...additional(parameters) };
}

export type Additional = Pick<ClipRequest, 'description' | 'metadata' | 'tags'>;

/** Reads `additionalField`. What is not set is not sent. */
export function additional(parameters: ItemParameters): Additional {
	const text = parameters.optionalText('additionalFields.description');
	const words = parameters.parsed('additionalFields.tags', parseTags);
	const entries = parameters.parsed('additionalFields.metadata', parseMetadata);
	return {
		...(text !== undefined && { description: text }),
		...(words.length > 0 && { tags: words }),
		...(entries.length > 0 && { metadata: entries }),
	};
}
