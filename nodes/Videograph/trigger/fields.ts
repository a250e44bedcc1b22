import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Event names are part of the public contract. */
export const EVENTS = [
	{ name: 'Clip Ready', value: 'clipReady', description: 'A clip of a live stream is ready to play' },
	{
		name: 'Live Stream Ended',
		value: 'livestreamEnded',
		description: 'A broadcast has ended. The item has its start and end time, for Create Clip.',
	},
	{ name: 'Live Stream Went Live', value: 'livestreamWentLive', description: 'A broadcast has started' },
	{
		name: 'Recording Expires Soon',
		value: 'recordingExpiresSoon',
		description: 'Videograph is about to delete a recording, 12 hours after the broadcast started',
	},
	{ name: 'Video Failed', value: 'videoFailed', description: 'Processing of a video or a clip has failed' },
	{
		name: 'Video Ready',
		value: 'videoReady',
		description: 'A video that is not a clip of a live stream is ready to play',
	},
] as const satisfies INodePropertyOptions[];

export type EventName = (typeof EVENTS)[number]['value'];

/** The events that follow from the state of live streams. */
export const STREAM_EVENTS = [
	'livestreamEnded',
	'livestreamWentLive',
	'recordingExpiresSoon',
] as const satisfies EventName[];

export type StreamEvent = (typeof STREAM_EVENTS)[number];

/** The events that follow from the state of videos. */
export const VIDEO_EVENTS = ['clipReady', 'videoFailed', 'videoReady'] as const satisfies EventName[];

export type VideoEvent = (typeof VIDEO_EVENTS)[number];

/** Events that the selection of live streams applies to. A clip belongs to the live stream it was created from. */
const EVENTS_OF_STREAMS = [...STREAM_EVENTS, 'clipReady', 'videoFailed'];

export const fields: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['livestreamEnded'],
		description: 'The events that start the workflow',
		options: [...EVENTS],
	},
	{
		displayName: 'Live Streams',
		name: 'streams',
		type: 'options',
		default: 'recorded',
		description: 'The live streams to watch',
		displayOptions: { show: { events: EVENTS_OF_STREAMS } },
		options: [
			{ name: 'All', value: 'all', description: 'With and without a recording' },
			{ name: 'All Recorded', value: 'recorded', description: 'Only recorded live streams can be clipped' },
			{ name: 'Selected', value: 'selected', description: 'Only the live streams that you select' },
		],
	},
	{
		displayName: 'Live Stream Names or IDs',
		name: 'streamIds',
		type: 'multiOptions',
		required: true,
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		typeOptions: { loadOptionsMethod: 'getLivestreams' },
		displayOptions: { show: { events: EVENTS_OF_STREAMS, streams: ['selected'] } },
	},
	{
		displayName: 'Hours Before Expiry',
		name: 'hoursBefore',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 12 },
		default: 2,
		description: 'How many hours before the recording is deleted to emit the event',
		hint: 'Videograph deletes a recording 12 hours after the broadcast started',
		displayOptions: { show: { events: ['recordingExpiresSoon'] } },
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Tag',
				name: 'tag',
				type: 'string',
				default: '',
				placeholder: 'e.g. goal',
				description: 'Only videos and clips that have this tag. Does not filter events of live streams.',
				displayOptions: { show: { '/events': [...VIDEO_EVENTS] } },
			},
			{
				displayName: 'Title Contains',
				name: 'titleContains',
				type: 'string',
				default: '',
				placeholder: 'e.g. derby',
				description: 'Only live streams, videos and clips whose title contains this text (case-insensitive)',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Include Existing',
				name: 'includeExisting',
				type: 'boolean',
				default: false,
				description:
					'Whether to also emit events for streams that are already live and videos that are already finished',
			},
		],
	},
];
