import type { INodeProperties } from 'n8n-workflow';

const when = (...modes: string[]) => ({ show: { timeRange: modes } });
const LENGTHS = '30s, 2m, 1h5m, 01:30 (minutes and seconds), or a number of seconds';

/** What `plannedSpan` reads. */
export const timeRangeFields: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		default: 'startEnd',
		description: 'How to say which part of the recording becomes the clip',
		hint: 'A recording is kept for 12 hours from the start of the stream',
		options: [
			{
				name: 'Around a Moment',
				value: 'aroundMoment',
				description: 'Some time before and after the moment when something happened',
			},
			{ name: 'Last Seconds', value: 'lastSeconds', description: 'What has just happened: back from now, or from the end of a stream that is over' },
			{
				name: 'Offset From Stream Start',
				value: 'offset',
				description: 'From and to a time as a player shows it, counted from the start of the stream',
			},
			{ name: 'Start and Duration', value: 'startDuration', description: 'From a date and time on, for a length of time' },
			{ name: 'Start and End', value: 'startEnd', description: 'From one date and time to another' },
			{ name: 'Whole Recording', value: 'wholeRecording', description: 'Everything from the beginning of the stream on' },
		],
	},
	{
		displayName: 'Start Time',
		name: 'startTime',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'When the clip begins: a date with a time, or Unix time in seconds or milliseconds. Without a time zone of its own it is read in the time zone of the workflow.',
		displayOptions: when('startEnd', 'startDuration'),
	},
	{
		displayName: 'End Time',
		name: 'endTime',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When the clip ends, in the same forms as the start. At most 12 hours after it.',
		displayOptions: when('startEnd'),
	},
	{
		displayName: 'Moment',
		name: 'moment',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'When it happened: a date with a time, or Unix time in seconds or milliseconds. Without a time zone of its own it is read in the time zone of the workflow.',
		displayOptions: when('aroundMoment'),
	},
	{
		displayName: 'Before',
		name: 'before',
		type: 'string',
		default: '20s',
		required: true,
		placeholder: 'e.g. 20s, 1m',
		description: `How much to show before the moment: ${LENGTHS}`,
		displayOptions: when('aroundMoment'),
	},
	{
		displayName: 'After',
		name: 'after',
		type: 'string',
		default: '10s',
		required: true,
		placeholder: 'e.g. 10s, 1m',
		description: `How much to show after the moment: ${LENGTHS}`,
		displayOptions: when('aroundMoment'),
	},
	{
		displayName: 'Duration',
		name: 'duration',
		type: 'string',
		default: '30s',
		required: true,
		placeholder: 'e.g. 30s, 2m, 01:30',
		description: `How long the clip is: ${LENGTHS}`,
		displayOptions: when('startDuration', 'lastSeconds'),
	},
	{
		displayName: 'Start Offset',
		name: 'startOffset',
		type: 'string',
		default: '0s',
		required: true,
		placeholder: 'e.g. 12m30s, 00:12:30',
		description: `How long after the start of the stream the clip begins: ${LENGTHS}`,
		displayOptions: when('offset'),
	},
	{
		displayName: 'End Offset',
		name: 'endOffset',
		type: 'string',
		default: '30s',
		required: true,
		placeholder: 'e.g. 13m, 00:13:00',
		description: `How long after the start of the stream the clip ends: ${LENGTHS}`,
		displayOptions: when('offset'),
	},
];
