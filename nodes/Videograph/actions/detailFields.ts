import type { INodeProperties } from 'n8n-workflow';
import type { MetadataEntry } from '../api/types';
import type { ItemParameters } from '../parameters/itemParameters';
import { parseMetadata, parseTags } from '../parameters/tagsAndMetadata';

/** What is said about a thing that the API keeps. */
export interface DetailFields {
	description?: string;
	metadata?: MetadataEntry[];
	tags?: string[];
}

/**
 * Description, Metadata and Tags, as options of a collection.
 *
 * @param noun what they are about
 * @param describes what its description tells
 */
export function detailFields(noun: string, describes: string): [description: INodeProperties, metadata: INodeProperties, tags: INodeProperties] {
	return [
		{
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: describes,
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Metadata',
			description: `Names with values that are kept with the ${noun}, to find it again or to tell other systems about it`,
			options: metadataRows,
		},
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. goal, first half',
			description: `Words to find the ${noun} by, with commas between. An expression may also give a list.`,
		},
	];
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
				description: 'Several names with values at once, such as { "team": "home", "player": "9" }',
			},
		],
	},
];

/** Reads `aboutFields` of a new thing: what is not set, or empty, is not sent. */
export function readDetails(parameters: ItemParameters, collection = 'additionalFields'): DetailFields {
	const { description, metadata, tags } = read(parameters, collection);
	return {
		...(description && { description }),
		...(tags.length > 0 && { tags }),
		...(metadata.length > 0 && { metadata }),
	};
}

/** Whether a field of a collection was added; one whose expression gives nothing counts as left out. */
export function isSet(parameters: ItemParameters, name: string): boolean {
	return (parameters.value(name) ?? null) !== null;
}

/** Reads `aboutFields` of a thing that exists: a field that was added and left empty empties what it is about. */
export function readChangedDetails(parameters: ItemParameters, collection = 'updateFields'): DetailFields {
	const isAdded = (name: keyof DetailFields) => isSet(parameters, `${collection}.${name}`);
	const { description, metadata, tags } = read(parameters, collection);
	return {
		...(isAdded('description') && { description }),
		...(isAdded('tags') && { tags }),
		...(isAdded('metadata') && { metadata }),
	};
}

function read(parameters: ItemParameters, collection: string): Required<DetailFields> {
	return {
		description: parameters.optionalText(`${collection}.description`) ?? '',
		metadata: parameters.parse(`${collection}.metadata`, parseMetadata),
		tags: parameters.parse(`${collection}.tags`, parseTags),
	};
}
