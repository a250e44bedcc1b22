import type { INodeProperties } from 'n8n-workflow';

/** Fields that several operations share. */

/** @param searchListMethod the name of the function that gives the choices */
function streamField(searchListMethod: string): INodeProperties {
	return {
		displayName: 'Live Stream',
		name: 'streamId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The live stream to work with',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a live stream...',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f0c2c9e-5a0b-4a58-9c1d-0f6a3b7d2e11',
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://dashboard.videograph.ai/videos/embed?streamId=3f0c2c9e-…',
				hint: 'The address of the embed page, or of a dashboard page that holds the ID',
				// Either the embed page's parameter, or a part of the path that begins as a UUID does.
				extractValue: { type: 'regex', regex: '(?:[?&]streamId=|/(?=[0-9a-fA-F]{8}-))([\\w-]+)' },
			},
		],
	};
}

export const streamIdField = streamField('searchLivestreams');

/** As `streamIdField`, with the live streams in its list that can be clipped. */
export const recordedStreamIdField = streamField('searchRecordedLivestreams');

export const videoIdField: INodeProperties = {
	displayName: 'Video',
	name: 'contentId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The video to work with. A clip counts as a video: give its contentId.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a video...',
			typeOptions: { searchListMethod: 'searchVideos', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 7be1d6a2-0c7e-4c35-9a55-1f1f3c2c8a90',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://dashboard.videograph.ai/videos/embed?videoId=7be1d6a2-0c7e-4c35-9a55-…',
			hint: 'The address of the embed page, or of a dashboard page that holds the ID',
			// As for a live stream: the embed page's parameter, or a part of the path that begins as a UUID does.
			extractValue: { type: 'regex', regex: '(?:[?&]videoId=|/(?=[0-9a-fA-F]{8}-))([\\w-]+)' },
		},
	],
};

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

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How many items are worked on at once; the runner reads it. */
export const concurrencyField: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'How many requests may be under way at once, from 1 to 50',
};

/** How long the API may ask to wait; the runner reads it. */
export const maxRateLimitWaitField: INodeProperties = {
	displayName: 'Longest Pause',
	name: 'longestPause',
	type: 'string',
	default: '60s',
	placeholder: 'e.g. 60s',
	description: 'The longest pause to keep when Videograph takes no more requests for the moment. A longer one fails.',
};

/** The collection of an operation's options. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options };
}
