import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { ClipRequest } from '../../api/types';
import type { ItemParameters } from '../../parameters/itemParameters';
import {
	additionalFieldsField,
	DURATION_FORMS,
	DURATION_HINT,
	optionsField,
	recordedStreamIdField,
	simplifyField,
	titleField as titleOf,
} from '../common.descriptions';
import { detailFields, readDetails } from '../detailFields';
import { waitOptionFields, type WaitTarget } from '../waitOptions';

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

/** How to write a time, for n8n's AI builder. */
const TIME_HINT =
	'ISO 8601 with an offset, such as 2026-11-23T20:30:00Z, or Unix time in seconds or milliseconds. Must be in the ' +
	'last 12 hours. For the current time, use Last Seconds instead.';

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
		builderHint: { propertyHint: DURATION_HINT },
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
	const builderHint = { propertyHint: TIME_HINT };
	return { displayName, name, type: 'dateTime', default: '', required: true, description, builderHint };
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
			{
				name: 'Around a Moment',
				value: 'aroundMoment',
				description: 'A time before and after a moment',
				builderHint: {
					propertyHint:
						'For one known time, such as that of a goal. If that was less than after ago, set the option ' +
						'endInFuture to wait.',
				},
			},
			{
				name: 'Last Seconds',
				value: 'lastSeconds',
				description: 'Back from now or, if the broadcast has ended, from its end',
				builderHint: {
					propertyHint: 'For something that has just happened, such as the call of a scoreboard: no time is needed.',
				},
			},
			{
				name: 'Offset From Stream Start',
				value: 'offset',
				description: 'Start and end as a player shows them, from the start of the broadcast',
				builderHint: { propertyHint: 'For times such as 00:12:30 that count from the start of the broadcast.' },
			},
			{ name: 'Start and Duration', value: 'startDuration', description: 'A date and time, and a duration' },
			{
				name: 'Start and End',
				value: 'startEnd',
				description: 'Two dates and times',
				builderHint: {
					propertyHint:
						'For two known times, such as startTime and endTime of Live Stream Ended of Videograph Trigger.',
				},
			},
			{
				name: 'Whole Recording',
				value: 'wholeRecording',
				description: 'From the start of the broadcast',
				builderHint: {
					propertyHint:
						'For an archive. After Live Stream Ended of Videograph Trigger, use Start and End with its times.',
				},
			},
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

export const CLIP_WAIT: WaitTarget = {
	noun: 'clip',
	state: 'Ready',
	until: 'the clip can be played, and return its URLs',
	timeout: '5m',
	failed: {
		message: (label) => `Videograph could not create the clip ${label}`,
		advice: 'Check the clip in the Videograph dashboard, then create it again.',
	},
	pending: 'It is still processing.',
};

const endInFuture: INodeProperties = {
	displayName: 'If End Is in the Future',
	name: 'endInFuture',
	type: 'options',
	default: 'fail',
	description: 'What to do if the clip would end in the future',
	builderHint: { propertyHint: 'Use wait for a moment that continues, such as a replay after a goal.' },
	options: [
		{ name: 'End Clip Now', value: 'cut', description: 'Create a clip that ends now' },
		{ name: 'Fail', value: 'fail', description: 'Fail the item without creating a clip' },
		{ name: 'Wait', value: 'wait', description: 'Wait until the end has passed, then create the clip' },
	],
};

const mergeGap: INodeProperties = {
	displayName: 'Merge Gap',
	name: 'mergeGap',
	type: 'string',
	default: '',
	placeholder: 'e.g. 5s',
	description: 'Merge highlights into one clip if the time between them is at most this. Empty: no merging.',
};

/** @param value the default, which must be the one that the operation passes to `clipCreation` */
const onExisting = (value: OnExisting): INodeProperties => ({
	displayName: 'If Clip Exists',
	name: 'onExisting',
	type: 'options',
	default: value,
	description: 'What to do if a clip with the same live stream, title and time range exists',
	builderHint: {
		propertyHint: 'Use reuse if the workflow can run twice for the same event, such as a repeated webhook call.',
	},
	options: [
		{ name: 'Create Another', value: 'create', description: 'Create the clip without a lookup' },
		{ name: 'Reuse Existing', value: 'reuse', description: 'Return the existing clip, with created set to false' },
	],
});

const streamEnd: INodeProperties = {
	displayName: 'Stream End',
	name: 'streamEnd',
	type: 'dateTime',
	default: '',
	description: 'When the broadcast ended. Only needed if Videograph does not report it.',
};

const streamLatency: INodeProperties = {
	displayName: 'Stream Latency',
	name: 'streamLatency',
	type: 'string',
	default: '0s',
	placeholder: 'e.g. 8s',
	description: 'Delay between the live event and the recording. Last Seconds shifts the clip back by it.',
	builderHint: { propertyHint: DURATION_HINT },
};

const streamStart: INodeProperties = {
	displayName: 'Stream Start',
	name: 'streamStart',
	type: 'dateTime',
	default: '',
	description: 'When the broadcast started. Only needed if Videograph does not report it.',
};

export type OnExisting = 'create' | 'reuse';

/** The defaults of If Clip Exists. A list of highlights is often imported again after it was extended. */
export const ON_EXISTING = { create: 'create', createMany: 'reuse' } as const satisfies Record<string, OnExisting>;

export const clipOptionsField = optionsField([
	endInFuture,
	onExisting(ON_EXISTING.create),
	simplifyField,
	streamEnd,
	streamLatency,
	streamStart,
	...waitOptionFields(CLIP_WAIT),
]);

export const manyClipsOptionsField = optionsField([
	endInFuture,
	onExisting(ON_EXISTING.createMany),
	mergeGap,
	simplifyField,
	streamStart,
	...waitOptionFields(CLIP_WAIT),
]);
