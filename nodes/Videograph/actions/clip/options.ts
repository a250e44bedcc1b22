import type { INodeProperties } from 'n8n-workflow';
import { optionsField, simplifyField } from '../common.descriptions';
import { waitOptionFields, type WaitTarget } from '../waitOptions';

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
