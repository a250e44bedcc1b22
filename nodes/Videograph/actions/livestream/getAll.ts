import type { INodeProperties } from 'n8n-workflow';
import { listLivestreams, livestreamOutput } from '../../livestream/livestream';
import { readLimit, returnAllFields, simplifyField } from '../common.descriptions';
import type { Operation } from '../operation';

const recordedField: INodeProperties = {
	displayName: 'Recorded',
	name: 'recorded',
	type: 'options',
	default: 'all',
	description: 'Which live streams to return. Clips can only be created from recorded ones.',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'Not Recorded', value: 'notRecorded' },
		{ name: 'Recorded', value: 'recorded' },
	],
};

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many live streams',
	description: 'Get a list of live streams',
	builderHint:
		'Finds the streamId of a live stream by its title. Only items with recorded true can be clipped; live shows ' +
		'whether it is on air.',
	endpoints: ['listLivestreams'],
	fields: [recordedField, ...returnAllFields, simplifyField],

	prepare(parameters) {
		const filter = parameters.choice('recorded', ['all', 'recorded', 'notRecorded']);
		const limit = readLimit(parameters);
		return async ({ client }) => {
			const streams = (await listLivestreams(client, filter)).slice(0, limit);
			return streams.map((stream) => ({ json: livestreamOutput(stream), raw: stream.raw }));
		};
	},
};
