import type { INodeProperties } from 'n8n-workflow';
import { additionalField, streamField } from './fields';
import { manyClipsOptionsField } from './options';

/** What Create Many reads. */
export const createManyFields: INodeProperties[] = [
	streamField,
	{
		displayName: 'Highlights',
		name: 'highlights',
		type: 'string',
		typeOptions: { rows: 6 },
		default: '',
		required: true,
		placeholder: 'e.g. 20:31:05 Goal by Ada',
		description:
			'The moments to make clips of, one a line: a time, or a start and an end, and then the title, such as 20:31:05 Goal by Ada #goal. CSV with a header line, JSON or an EDL may be pasted as well, and an expression may give a list.',
		hint: 'One a line, such as 20:31:05 Goal by Ada, or 20:40:10 - 20:40:50 Double save',
	},
	{
		displayName: 'Clock Times Are',
		name: 'timeFormat',
		type: 'options',
		default: 'clock',
		description: 'What a time such as 20:31:05 means. A date with a time always means itself.',
		options: [
			{ name: 'Counted From Stream Start', value: 'offset', description: 'As a player shows the time' },
			{ name: 'Times of Day', value: 'clock', description: 'As clocks show in the time zone of the workflow' },
		],
	},
	{
		displayName: 'Date',
		name: 'date',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-23',
		description:
			'The day of the first time of day: today where it is empty. A list may go on past midnight: a time more than 12 hours earlier than the one before is on the next day.',
		displayOptions: { show: { timeFormat: ['clock'] } },
	},
	{
		displayName: 'Before',
		name: 'before',
		type: 'string',
		default: '20s',
		required: true,
		placeholder: 'e.g. 20s, 1m',
		description: 'How much to show before a highlight that has one time only: 20s, 1m, or a number of seconds',
	},
	{
		displayName: 'After',
		name: 'after',
		type: 'string',
		default: '10s',
		required: true,
		placeholder: 'e.g. 10s, 1m',
		description: 'How much to show after a highlight that has one time only: 10s, 1m, or a number of seconds',
	},
	additionalField,
	manyClipsOptionsField,
];
