import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { ClipRequest } from '../../api/types';
import type { ItemParameters } from '../../parameters/itemParameters';
import {
	additionalFieldsField,
	DURATION_FORMS,
	recordedStreamIdField,
	titleField as titleOf,
} from '../common.descriptions';
import { detailFields, readDetails } from '../detailFields';

export const streamField: INodeProperties = {
	...recordedStreamIdField,
	description: 'The live stream to create the clip from',
	hint: 'The list contains only recorded live streams',
};

export const titleField = titleOf('clip', 'Goal by Ada Lovelace');

export const additionalField = additionalFieldsField(detailFields('clip'));

/** Reads `titleField` and `additionalField`. Empty fields are not sent. */
export function readClipRequest(parameters: ItemParameters): Omit<ClipRequest, 'startTime' | 'endTime'> {
	return { title: parameters.text('title'), ...readDetails(parameters) };
}

const TIME_FORMS = 'A date and time, or Unix time. Without a time zone, the time zone of the workflow applies.';

/** A required duration. @param examples for the placeholder */
export function durationField(
	displayName: string,
	name: string,
	value: string,
	examples: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: value,
		required: true,
		placeholder: `e.g. ${examples}`,
		description: `${description}: ${DURATION_FORMS}`,
	};
}

/** Before and After. @param point what they extend */
export function aroundFields(point: string): [before: INodeProperties, after: INodeProperties] {
	return [
		durationField('Before', 'before', '20s', '20s, 1m', `Time to include before ${point}`),
		durationField('After', 'after', '10s', '10s, 1m', `Time to include after ${point}`),
	];
}

/** Start Offset and End Offset. @param source what they are relative to */
export function offsetFields(source: 'stream' | 'video'): [start: INodeProperties, end: INodeProperties] {
	return [
		durationField(
			'Start Offset',
			'startOffset',
			'0s',
			'12m30s, 00:12:30',
			`Clip start, from the start of the ${source}`,
		),
		durationField('End Offset', 'endOffset', '30s', '13m, 00:13:00', `Clip end, from the start of the ${source}`),
	];
}

function timeField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', required: true, description };
}

/** Fields that are visible with these values of Time Range. */
function forModes(modes: string[], ...fields: INodeProperties[]): INodeProperties[] {
	return updateDisplayOptions({ show: { timeRange: modes } }, fields);
}

/** The fields that `planRange` reads. */
export const timeRangeFields: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		default: 'startEnd',
		description: 'How to specify the part of the recording to clip',
		hint: 'Videograph retains a recording for 12 hours from the start of the broadcast',
		options: [
			{ name: 'Around a Moment', value: 'aroundMoment', description: 'A time before and after a moment' },
			{
				name: 'Last Seconds',
				value: 'lastSeconds',
				description: 'Back from now or, if the broadcast has ended, from its end',
			},
			{
				name: 'Offset From Stream Start',
				value: 'offset',
				description: 'Start and end as a player shows them, from the start of the broadcast',
			},
			{ name: 'Start and Duration', value: 'startDuration', description: 'A date and time, and a duration' },
			{ name: 'Start and End', value: 'startEnd', description: 'Two dates and times' },
			{ name: 'Whole Recording', value: 'wholeRecording', description: 'From the start of the broadcast' },
		],
	},
	...forModes(
		['startEnd', 'startDuration'],
		timeField('Start Time', 'startTime', `When the clip starts. ${TIME_FORMS}`),
	),
	...forModes(['startEnd'], timeField('End Time', 'endTime', 'When the clip ends, at most 12 hours after its start')),
	...forModes(
		['aroundMoment'],
		timeField('Moment', 'moment', `The moment to clip. ${TIME_FORMS}`),
		...aroundFields('the moment'),
	),
	...forModes(
		['startDuration', 'lastSeconds'],
		durationField('Duration', 'duration', '30s', '30s, 2m, 01:30', 'Duration of the clip'),
	),
	...forModes(['offset'], ...offsetFields('stream')),
];
