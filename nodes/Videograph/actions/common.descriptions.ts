import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../parameters/itemParameters';

/** Fields that several operations share. */

/** The path segment of a URL that is a UUID. */
const UUID_SEGMENT = '(?=[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:[/?#]|$))';

/**
 * The regular expression that extracts an ID from a URL. n8n expects exactly one capturing group.
 *
 * A query parameter wins: an embed URL may hold another UUID, such as the organization's, in its path. Only a URL that
 * names neither a stream nor a video in its query is searched for the last UUID of its path.
 */
function idInUrl(parameter: 'streamId' | 'videoId'): string {
	const hasParameter = '.*[?&;](?:streamId|videoId)=[\\w-]';
	return `(?:[?&;]${parameter}=|^(?!${hasParameter})[^?#]*/${UUID_SEGMENT})([\\w-]+)`;
}

interface Locator {
	displayName: string;
	name: string;
	/** In lower case. */
	noun: string;
	/** The name of the method that lists the choices. */
	searchListMethod: string;
	/** The fields of an item that contain the ID, for n8n's AI builder. */
	idHint: string;
	/** Its parameter in the URL of an embed page. */
	urlParameter: 'streamId' | 'videoId';
	exampleId: string;
}

function locatorField({
	displayName,
	name,
	noun,
	searchListMethod,
	idHint,
	urlParameter,
	exampleId,
}: Locator): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: `The ${noun} to use`,
		builderHint: {
			propertyHint: `${idHint} Use mode id for a value of an item, mode list for a fixed ${noun}.`,
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${noun}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${exampleId}` },
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://dashboard.videograph.ai/videos/embed?${urlParameter}=${exampleId.slice(0, 8)}-…`,
				hint: 'The URL of the embed page, or of a dashboard page that contains the ID',
				extractValue: { type: 'regex', regex: idInUrl(urlParameter) },
			},
		],
	};
}

function streamField(searchListMethod: string): INodeProperties {
	return locatorField({
		displayName: 'Live Stream',
		name: 'streamId',
		noun: 'live stream',
		idHint:
			'streamId of an item of Videograph Trigger or of Live Stream > Get Many, or of the system that calls the ' +
			'workflow.',
		searchListMethod,
		urlParameter: 'streamId',
		exampleId: '3f0c2c9e-5a0b-4a58-9c1d-0f6a3b7d2e11',
	});
}

export const streamIdField = streamField('searchLivestreams');

/** Like `streamIdField`, but the list contains only recorded live streams: only they can be clipped. */
export const recordedStreamIdField = streamField('searchRecordedLivestreams');

export const videoIdField: INodeProperties = {
	...locatorField({
		displayName: 'Video',
		name: 'contentId',
		noun: 'video',
		idHint: 'contentId of an item, such as that of Clip > Create or Video > Get Many; not its clipId.',
		searchListMethod: 'searchVideos',
		urlParameter: 'videoId',
		exampleId: '7be1d6a2-0c7e-4c35-9a55-1f1f3c2c8a90',
	}),
	description: 'The video to use. A clip is a video too: enter its contentId.',
};

/** What to do about a 404. @param fields the display names of the fields that may be wrong */
export function notFoundAdvice(fields: string): string {
	return `Check ${fields}: it may be deleted, or belong to another environment than the access token.`;
}

export function titleField(noun: string, placeholder: string): INodeProperties {
	return {
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		required: true,
		placeholder: `e.g. ${placeholder}`,
		description: `The title of the ${noun}`,
		builderHint: { propertyHint: `Text, such as ${placeholder}.` },
	};
}

export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** Reads `returnAllFields`. */
export function readLimit(parameters: ItemParameters): number {
	return parameters.boolean('returnAll', false) ? Infinity : parameters.positiveInteger('limit');
}

/** How to write a duration, for n8n's AI builder. */
export const DURATION_HINT =
	'Text with a unit, such as 30s, 2m or 1h5m. A number without a unit is in seconds, not milliseconds.';

/** The forms of a duration, for the descriptions of fields. */
export const DURATION_FORMS = '30s, 2m, 1h5m, 01:30 (minutes and seconds) or a number of seconds';

/** An offset of more than 11 days, in milliseconds, is Unix time entered by mistake. */
const MIN_UNIX_TIME_MS = 1e9;

/**
 * Reads an offset from the start of a video.
 *
 * @returns milliseconds
 * @throws {NodeOperationError} if it is not a duration, or is a point in time
 */
export function readOffset(parameters: ItemParameters, name: string): number {
	const milliseconds = parameters.duration(name);
	if (milliseconds <= MIN_UNIX_TIME_MS) return milliseconds;
	return parameters.refuse(
		name,
		`${milliseconds / 1000} seconds is Unix time, not an offset`,
		'Enter the time from the start of the video: 30s, 2m, 1h5m, 01:30 or a number of seconds.',
	);
}

/** Reduces the output to the most useful fields; `executeItems` reads it. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How many items run at the same time; `executeItems` reads it. */
export const concurrencyField: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'Maximum number of items to process at the same time, from 1 to 50',
};

/** The longest Retry-After to accept; `executeItems` reads it. */
export const maxRateLimitWaitField: INodeProperties = {
	displayName: 'Max Rate Limit Wait',
	name: 'maxRateLimitWait',
	type: 'string',
	default: '60s',
	placeholder: 'e.g. 60s',
	description: 'Maximum time to wait when Videograph rate-limits requests (429). Longer waits fail the item.',
};

/** A collection with its fields sorted by display name, as n8n lists them. */
function collection(
	displayName: string,
	name: string,
	placeholder: string,
	fields: INodeProperties[],
): INodeProperties {
	// Not `localeCompare`: n8n imports this when it starts, and the first call takes several milliseconds.
	const options = [...fields].sort((a, b) => (a.displayName.toLowerCase() < b.displayName.toLowerCase() ? -1 : 1));
	return { displayName, name, type: 'collection', placeholder, default: {}, options };
}

/**
 * The options of an operation, including those that all operations have.
 *
 * @param hasConcurrency false if the items do not run one by one
 */
export function optionsField(options: INodeProperties[] = [], hasConcurrency = true): INodeProperties {
	const common = hasConcurrency ? [concurrencyField, maxRateLimitWaitField] : [maxRateLimitWaitField];
	return collection('Options', 'options', 'Add Option', [...common, ...options]);
}

export function additionalFieldsField(fields: INodeProperties[]): INodeProperties {
	return collection('Additional Fields', 'additionalFields', 'Add Field', fields);
}

export function updateFieldsField(fields: INodeProperties[]): INodeProperties {
	return collection('Update Fields', 'updateFields', 'Add Field', fields);
}
