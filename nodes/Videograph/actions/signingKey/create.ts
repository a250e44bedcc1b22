import type { INodeProperties } from 'n8n-workflow';
import { createOnce } from '../../idempotency/createOnce';
import { shortHash } from '../../utils/hash';
import { concurrencyField, maxRateLimitWaitField, optionsField } from '../common.descriptions';
import type { Operation } from '../operation';

const productTypeIdField: INodeProperties = {
	displayName: 'Product Type ID',
	name: 'productTypeId',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 0,
	required: true,
	description: 'The number of the product that the key is for',
};

const environmentField: INodeProperties = {
	displayName: 'Environment UUID',
	name: 'environmentUUID',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5b1d6f0e-2a54-4f0a-b7a1-9f6f6f1d3c20',
	description: 'The environment of your organization that the key is for',
};

const secretNotice: INodeProperties = {
	displayName: 'The output holds the secret of the key, and Videograph may not show it again. Pass it on to where you keep secrets, and do not keep the data of this execution longer than you must.',
	name: 'secretNotice',
	type: 'notice',
	default: '',
};

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create signing key',
	description: 'Make a key to sign playback addresses with; its secret is in the output',
	endpoints: ['createSigningKey'],
	fields: [
		productTypeIdField,
		environmentField,
		secretNotice,
		optionsField([concurrencyField, maxRateLimitWaitField]),
	],
	advice: { 400: 'Check Product Type ID and Environment UUID.' },

	prepare(parameters) {
		const request = { productTypeId: parameters.positiveInteger('productTypeId'), environmentUUID: parameters.id('environmentUUID') };
		const key = shortHash([...parameters.identity(), 'signingKey', request]);

		return async (run) => {
			const send = async () => await run.client.createSigningKey(request);
			// What the answer holds is not documented, so it comes out as it is.
			return [{ ...(await createOnce(run.store, key, { name: 'the signing key', request, send: send })) }];
		};
	},
};
