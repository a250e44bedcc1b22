import type { INodeProperties } from 'n8n-workflow';
import { LONGEST_CLIP_SECONDS, wholeSeconds, type TimeRange } from '../../clip/timeRange';
import type { ItemParameters } from '../parameters';

/** The ways to say what the clip is cut from and to: values of the parameter `timeRange`. */
const MODES = new Map<string, (parameters: ItemParameters) => TimeRange>([
	['startEnd', (parameters) => checked(parameters, 'endTime', parameters.time('startTime'), parameters.time('endTime'))],
	[
		'startDuration',
		(parameters) => {
			const start = parameters.time('startTime');
			return checked(parameters, 'duration', start, start + parameters.duration('duration'));
		},
	],
]);

export const timeRangeFields: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		default: 'startEnd',
		description: 'How to say which part of the recording becomes the clip',
		options: [
			{ name: 'Start and Duration', value: 'startDuration', description: 'From one moment on, for a length of time' },
			{ name: 'Start and End', value: 'startEnd', description: 'From one moment to another' },
		],
	},
	{
		displayName: 'Start Time',
		name: 'startTime',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When the clip begins: a date with a time, or Unix time in seconds or milliseconds. Without a time zone of its own it is read in the time zone of the workflow.',
		displayOptions: { show: { timeRange: ['startEnd', 'startDuration'] } },
	},
	{
		displayName: 'End Time',
		name: 'endTime',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When the clip ends, in the same forms as the start. At most 12 hours after it.',
		displayOptions: { show: { timeRange: ['startEnd'] } },
	},
	{
		displayName: 'Duration',
		name: 'duration',
		type: 'string',
		default: '30s',
		required: true,
		placeholder: 'e.g. 30s, 2m, 01:30',
		description: 'How long the clip is: 30s, 2m, 1h5m, 01:30 (minutes and seconds), or a number of seconds',
		displayOptions: { show: { timeRange: ['startDuration'] } },
	},
];

/** Reads `timeRangeFields`. */
export function timeRange(parameters: ItemParameters): TimeRange {
	const mode = parameters.text('timeRange');
	const read =
		MODES.get(mode) ??
		parameters.refuse('timeRange', `there is no "${mode}"`, `Choose one of ${[...MODES.keys()].join(', ')}.`);
	return read(parameters);
}

/**
 * @param last the parameter which set the end of the range, and which is at fault when the range is not usable
 * @param startMs epoch milliseconds
 * @param endMs epoch milliseconds
 */
function checked(parameters: ItemParameters, last: string, startMs: number, endMs: number): TimeRange {
	if (endMs <= startMs) {
		return parameters.refuse(
			last,
			'the clip would end at or before its start',
			'The end of a clip must lie after its start.',
		);
	}
	const range = wholeSeconds(startMs, endMs);
	const seconds = range.endTime - range.startTime;
	if (seconds > LONGEST_CLIP_SECONDS) {
		const hours = Math.round(seconds / 360) / 10;
		return parameters.refuse(
			last,
			`the clip would be ${hours} hours long`,
			'A recording is kept for 12 hours, so a clip cannot be longer. A length without a unit is in seconds, not in milliseconds.',
		);
	}
	return range;
}
