import type { INodeProperties } from 'n8n-workflow';
import { EVENTS, STREAM_EVENTS, VIDEO_EVENTS } from './events';

/** The clips of a live stream are its own, so the choice of live streams holds for them too. */
const OF_STREAMS = [...STREAM_EVENTS, 'clipReady', 'videoFailed'];

export const fields: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['livestreamEnded'],
		description: 'What starts the workflow',
		options: [...EVENTS],
	},
	{
		displayName: 'Live Streams',
		name: 'streams',
		type: 'options',
		default: 'recorded',
		description: 'Which live streams to watch',
		displayOptions: { show: { events: OF_STREAMS } },
		options: [
			{ name: 'All', value: 'all', description: 'Recorded or not' },
			{ name: 'All Recorded', value: 'recorded', description: 'Only these can be clipped' },
			{ name: 'Picked', value: 'picked', description: 'Only those that you pick' },
		],
	},
	{
		displayName: 'Live Stream Names or IDs',
		name: 'streamIds',
		type: 'multiOptions',
		required: true,
		default: [],
		description:
			'The live streams to watch. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		typeOptions: { loadOptionsMethod: 'getLivestreams' },
		displayOptions: { show: { events: OF_STREAMS, streams: ['picked'] } },
	},
	{
		displayName: 'Hours Before',
		name: 'hoursBefore',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 12 },
		default: 2,
		description: 'How many hours before a recording is deleted to start the workflow',
		hint: 'Videograph keeps a recording for 12 hours from the start of the live stream',
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
				description: 'Only videos and clips that have this tag. Events of live streams come all the same.',
				displayOptions: { show: { '/events': [...VIDEO_EVENTS] } },
			},
			{
				displayName: 'Title Contains',
				name: 'titleContains',
				type: 'string',
				default: '',
				placeholder: 'e.g. derby',
				description: 'Only live streams, videos and clips with this in their title, in capital or small letters',
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
					'Whether to start the workflow also for what is there already when it is published: streams that are live, and videos that are ready or failed',
			},
		],
	},
];
