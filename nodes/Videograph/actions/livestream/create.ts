import type { INodeProperties } from 'n8n-workflow';
import type { CreateLivestream } from '../../api/types';
import { createOnce } from '../../idempotency/createOnce';
import { livestreamOutput } from '../../livestream/livestream';
import type { ItemParameters } from '../../parameters/itemParameters';
import { additionalFieldsField, optionsField, simplifyField } from '../common.descriptions';
import { readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { policyField, readPolicy } from '../playbackPolicyFields';
import { optionalFields, titleField, toMinutes } from './fields';

/** The value of Region that shows Custom Region. */
const CUSTOM = 'custom';

const regionField: INodeProperties = {
	displayName: 'Region',
	name: 'region',
	type: 'options',
	default: 'us-east-1',
	required: true,
	description: 'The ingest region. Select the one closest to the broadcaster, or enter another with Custom.',
	options: [
		{ name: 'Asia Pacific South 1', value: 'ap-south-1', description: 'The region ap-south-1' },
		{ name: 'Custom', value: CUSTOM, description: 'Another region, by name' },
		{ name: 'US East 1', value: 'us-east-1', description: 'The region us-east-1' },
		{ name: 'US West 1', value: 'us-west-1', description: 'The region us-west-1' },
	],
};

const customRegionField: INodeProperties = {
	displayName: 'Custom Region',
	name: 'customRegion',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. us-east-1',
	description: 'The name of the region in the Videograph dashboard',
	builderHint: { propertyHint: 'Such as us-east-1.' },
	displayOptions: { show: { region: [CUSTOM] } },
};

const recordField: INodeProperties = {
	displayName: 'Record',
	name: 'record',
	type: 'boolean',
	default: true,
	description: 'Whether to record the live stream. Clips can only be created from recorded live streams.',
};

const streamKeyNotice: INodeProperties = {
	displayName: 'The output contains the stream key. Treat it as a secret: it allows anyone to broadcast.',
	name: 'streamKeyNotice',
	type: 'notice',
	default: '',
};

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create live stream',
	description: 'Create a live stream, and get its ingest URL and stream key',
	endpoints: ['createLivestream'],
	createdIdKey: 'streamId',
	fields: [
		titleField,
		regionField,
		customRegionField,
		recordField,
		streamKeyNotice,
		additionalFieldsField([
			...optionalFields,
			policyField('Playback Policy', 'playbackPolicy', 'Who can play the live stream'),
			policyField('Recordings Playback Policy', 'recordingsPlaybackPolicy', 'Who can play its recordings'),
		]),
		optionsField([simplifyField]),
	],
	advice: { 400: 'Check Region and the other fields. The Videograph dashboard lists the regions.' },

	prepare(parameters) {
		const request = readRequest(parameters);
		const key = parameters.idempotencyKey('livestream', request);

		return async (context) => {
			const send = async () => await context.client.createLivestream(request);
			const stream = await createOnce(context.store, key, { name: 'the live stream', request, send });
			return [{ json: { ...livestreamOutput(stream), streamKey: stream.streamKey }, raw: stream.raw }];
		};
	},
};

function readRequest(parameters: ItemParameters): CreateLivestream {
	const region = parameters.text('region');
	const dvrDurationMs = parameters.optionalDuration('additionalFields.dvrDuration');
	return {
		title: parameters.text('title'),
		region: region === CUSTOM ? parameters.text('customRegion') : region,
		record: parameters.boolean('record', true),
		...readDetails(parameters),
		dvrDurationInMins: dvrDurationMs === undefined ? undefined : toMinutes(dvrDurationMs),
		playback_policy: readPolicy(parameters, 'playbackPolicy'),
		recordings_playback_policy: readPolicy(parameters, 'recordingsPlaybackPolicy'),
	};
}
