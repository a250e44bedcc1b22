import type { INodeProperties } from 'n8n-workflow';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField } from '../common.descriptions';

const endInFuture: INodeProperties = {
	displayName: 'End in the Future',
	name: 'endInFuture',
	type: 'options',
	default: 'wait',
	description: 'What to do when the clip would end after the present moment',
	options: [
		{ name: 'Cut at Now', value: 'cut', description: 'Make a clip that ends now' },
		{ name: 'Refuse', value: 'refuse', description: 'Make no clip, and say so' },
		{ name: 'Wait', value: 'wait', description: 'Wait until that moment has passed, then make the clip' },
	],
};

const latency: INodeProperties = {
	displayName: 'Stream Latency',
	name: 'latency',
	type: 'string',
	default: '0s',
	placeholder: 'e.g. 8s',
	description: 'For Last Seconds: how long what happens takes to reach the recording. The clip is cut that much earlier.',
};

const marker: INodeProperties = {
	displayName: 'Marker',
	name: 'marker',
	type: 'boolean',
	default: true,
	description:
		'Whether to keep a short reference in the metadata of the clip, as n8n_clip_ref. By it the clip is found again when an answer is lost, so that it is not made twice.',
};

const mergeGap: INodeProperties = {
	displayName: 'Merge Gap',
	name: 'mergeGap',
	type: 'string',
	default: '5s',
	placeholder: 'e.g. 5s',
	description:
		'Highlights with this much time or less between them become one clip. Without this option each becomes a clip of its own.',
};

const onExisting: INodeProperties = {
	displayName: 'If the Clip Exists',
	name: 'onExisting',
	type: 'options',
	default: 'reuse',
	description: 'What to do when a clip of the same live stream, title and times exists already',
	options: [
		{ name: 'Make Another', value: 'create', description: 'Make the clip without looking' },
		{ name: 'Take It', value: 'reuse', description: 'Return the clip that exists, with created: false' },
	],
};

const onNotReady: INodeProperties = {
	displayName: 'If Not Ready in Time',
	name: 'onNotReady',
	type: 'options',
	default: 'error',
	description: 'What to do with a clip that is still being made when the timeout has passed',
	options: [
		{ name: 'Continue', value: 'continue', description: 'Return the clip as it is, with the status processing' },
		{ name: 'Fail', value: 'error', description: 'Fail, with the ID of the clip in the error' },
	],
};

const streamEnd: INodeProperties = {
	displayName: 'Stream End',
	name: 'streamEnd',
	type: 'dateTime',
	default: '',
	description: 'When the stream ended, for Last Seconds and Whole Recording of a stream whose end the API does not tell',
};

const streamStart: INodeProperties = {
	displayName: 'Stream Start',
	name: 'streamStart',
	type: 'dateTime',
	default: '',
	description:
		'When the stream began, for Offset From Stream Start and Whole Recording of a stream whose start the API does not tell',
};

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'string',
	default: '5m',
	placeholder: 'e.g. 5m',
	description: 'How long to wait until a clip is ready, at most',
};

const waitUntilReady: INodeProperties = {
	displayName: 'Wait Until Ready',
	name: 'waitUntilReady',
	type: 'boolean',
	default: true,
	description: 'Whether to wait until the clip can be played, and return its links',
};

/** The options of Create, by the name that is shown. */
export const clipOptionsField = optionsField([
	concurrencyField,
	endInFuture,
	onNotReady,
	onExisting,
	maxRateLimitWaitField,
	marker,
	simplifyField,
	streamEnd,
	latency,
	streamStart,
	timeout,
	waitUntilReady,
]);

/** The options of Create Many, by the name that is shown. */
export const manyClipsOptionsField = optionsField([
	concurrencyField,
	endInFuture,
	onNotReady,
	// Without this option a clip that exists is taken.
	{ ...onExisting, default: 'create' },
	maxRateLimitWaitField,
	marker,
	mergeGap,
	simplifyField,
	{
		...streamStart,
		description: 'When the stream began, for clock times that count from there where the API does not tell it',
	},
	timeout,
	waitUntilReady,
]);
