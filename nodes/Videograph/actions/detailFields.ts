import type { INodeProperties } from 'n8n-workflow';
import type { MetadataEntry } from '../api/types';
import type { ItemParameters } from '../parameters/itemParameters';
import { parseMetadata, parseTags } from '../parameters/tagsAndMetadata';

/** The descriptive fields of a clip, a video or a live stream. */
export interface DetailFields {
	description?: string;
	metadata?: MetadataEntry[];
	tags?: string[];
}

const metadataRows: INodeProperties['options'] = [
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
				description: 'Several names and values, such as { "team": "home", "player": "9" }',
			},
		],
	},
];

/** Description, Metadata and Tags, as fields of a collection. */
export function detailFields(noun: string): INodeProperties[] {
	return [
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: `The description of the ${noun}`,
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Metadata',
			description: `Names and values to store with the ${noun}`,
			options: metadataRows,
		},
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. goal, first half',
			description: `Tags of the ${noun}, separated by commas. An expression can also return an array.`,
		},
	];
}

/** Reads `detailFields` of a new resource. Empty fields are not sent. */
export function readDetails(parameters: ItemParameters, collection = 'additionalFields'): DetailFields {
	const { description, metadata, tags } = readAll(parameters, collection);
	return {
		...(description && { description }),
		...(tags.length > 0 && { tags }),
		...(metadata.length > 0 && { metadata }),
	};
}

/** Whether a field of a collection was added; a field whose expression returns nothing counts as absent. */
export function isSet(parameters: ItemParameters, name: string): boolean {
	return (parameters.value(name) ?? null) !== null;
}

/** Reads `detailFields` of an existing resource. A field that was added but left empty clears the stored value. */
export function readChangedDetails(parameters: ItemParameters, collection = 'updateFields'): DetailFields {
	const isAdded = (name: keyof DetailFields) => isSet(parameters, `${collection}.${name}`);
	const { description, metadata, tags } = readAll(parameters, collection);
	return {
		...(isAdded('description') && { description }),
		...(isAdded('tags') && { tags }),
		...(isAdded('metadata') && { metadata }),
	};
}

function readAll(parameters: ItemParameters, collection: string): Required<DetailFields> {
	return {
		description: parameters.optionalText(`${collection}.description`) ?? '',
		metadata: parameters.parse(`${collection}.metadata`, parseMetadata),
		tags: parameters.parse(`${collection}.tags`, parseTags),
	};
}
