import type { INodeProperties } from 'n8n-workflow';
import { EVENTS, STREAM_EVENTS, VIDEO_EVENTS } from './events';

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
