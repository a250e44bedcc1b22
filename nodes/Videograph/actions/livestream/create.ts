import type { INodeProperties } from 'n8n-workflow';
import type { CreateLivestream } from '../../api/types';
import { createOnce } from '../../idempotency/createOnce';
import { livestreamOutput } from '../../livestream/livestream';
import type { ItemParameters } from '../../parameters/itemParameters';
import { shortHash } from '../../utils/hash';
import { stringOrNull } from '../../utils/values';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField } from '../common.descriptions';
import { readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { policy, policyField } from '../playbackPolicyFields';
import { dvr, optionalFields, titleField } from './fields';

/** The value of Region that shows Custom Region. */
const CUSTOM = 'custom';

const regionField: INodeProperties = {
	displayName: 'Region',
	name: 'region',
	type: 'options',
	default: 'us-east-1',
	required: true,
	description: 'Where the live stream is received: choose the nearest to the broadcaster. Videograph may have more than are listed here.',
	options: [
		{ name: 'Asia Pacific South 1', value: 'ap-south-1', description: 'The region ap-south-1' },
		{ name: 'Custom', value: CUSTOM, description: 'Another region, by its name' },
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
	description: 'The name of the region, as the Videograph dashboard has it',
	displayOptions: { show: { region: [CUSTOM] } },
};

const recordField: INodeProperties = {
	displayName: 'Record',
	name: 'record',
	type: 'boolean',
	default: true,
	description: 'Whether to record the live stream. Clips can be cut from a recorded one only.',
};

const streamKeyNotice: INodeProperties = {
	displayName: 'The output holds the stream key. Whoever has it can broadcast to this live stream, so keep it to yourself.',
	name: 'streamKeyNotice',
	type: 'notice',
	default: '',
};

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		...optionalFields.slice(0, 3),
		policyField('Playback Policy', 'playbackPolicy', 'Who may watch the live stream'),
		policyField('Recordings Playback Policy', 'recordingsPlaybackPolicy', 'Who may watch what is recorded of it'),
		...optionalFields.slice(3),
	],
};

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create live stream',
	description: 'Make a live stream to broadcast to, and get its address and its stream key',
	endpoints: ['createLivestream'],
	createdIdKeys: ['streamId', 'streamUUID'],
	fields: [
		titleField,
		regionField,
		customRegionField,
		recordField,
		streamKeyNotice,
		additionalFields,
		optionsField([concurrencyField, maxRateLimitWaitField, simplifyField]),
	],
	advice: {
		400: 'Check Region and the other fields. The Videograph dashboard shows which regions there are.',
	},

	prepare(parameters) {
		const request = createRequest(parameters);
		const simplify = parameters.boolean('options.simplify', true);
		const key = shortHash([...parameters.identity(), 'livestream', request]);

		return async (run) => {
			const send = async () => await run.client.createLivestream(request);
			const stream = await createOnce(run.store, key, { name: 'the live stream', request, send: send });
			if (!simplify) return [stream];
			const { title, description, tags, metadata, record } = request;
			// The answer may be short; it was made as it was asked for.
			const known = { title, description, tags, metadata, ...stream };
			return [{ ...livestreamOutput(known, record), streamKey: stringOrNull(stream.streamKey) }];
		};
	},
};

function createRequest(parameters: ItemParameters): CreateLivestream {
	const region = parameters.text('region');
	return {
		title: parameters.text('title'),
		region: region === CUSTOM ? parameters.text('customRegion') : region,
		record: parameters.boolean('record', true),
		...readDetails(parameters),
		...dvr(parameters, 'additionalFields'),
		...policy(parameters, 'playbackPolicy', 'playback_policy'),
		...policy(parameters, 'recordingsPlaybackPolicy', 'recordings_playback_policy'),
	};
}
