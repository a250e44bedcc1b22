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

type Changes = DetailFields & { title?: string };

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
export function readDetails(parameters: ItemParameters): DetailFields {
	const { description, metadata, tags } = readAll(parameters, 'additionalFields');
	return {
		...(description && { description }),
		...(tags.length > 0 && { tags }),
		...(metadata.length > 0 && { metadata }),
	};
}

/** Whether a field of Update Fields was added; a field whose expression returns nothing counts as absent. */
export function isAdded(parameters: ItemParameters, name: string): boolean {
	return (parameters.value(`updateFields.${name}`) ?? null) !== null;
}

/**
 * Reads Update Fields: Title and `detailFields`. A detail that was added but left empty clears the stored value.
 *
 * @param others the other changes
 * @throws {NodeOperationError} if nothing changes
 */
export function readChanges<T extends object>(parameters: ItemParameters, others: T): Changes & T {
	const { description, metadata, tags } = readAll(parameters, 'updateFields');
	const changes = {
		...(isAdded(parameters, 'title') && { title: parameters.text('updateFields.title') }),
		...(isAdded(parameters, 'description') && { description }),
		...(isAdded(parameters, 'tags') && { tags }),
		...(isAdded(parameters, 'metadata') && { metadata }),
		...others,
	};
	if (Object.keys(changes).length > 0) return changes;
	return parameters.refuse('updateFields', 'no field was added', 'Add a field to change.');
}

/** @param resource its type and its ID */
export function requireTitle(parameters: ItemParameters, title: string | null, resource: string): string {
	if (title !== null) return title;
	throw parameters.error(
		`Videograph does not report the title of the ${resource}, and every update requires it`,
		'Add Title to Update Fields.',
	);
}

function readAll(parameters: ItemParameters, collection: 'additionalFields' | 'updateFields'): Required<DetailFields> {
	return {
		description: parameters.optionalText(`${collection}.description`) ?? '',
		metadata: parameters.parse(`${collection}.metadata`, parseMetadata),
		tags: parameters.parse(`${collection}.tags`, parseTags),
	};
}
