import type { INodeProperties } from 'n8n-workflow';
import { createOnce } from '../../idempotency/createOnce';
import { optionsField } from '../common.descriptions';
import type { Operation } from '../operation';

const productTypeIdField: INodeProperties = {
	displayName: 'Product Type ID',
	name: 'productTypeId',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 0,
	required: true,
	description: 'The ID of the product that the key is for',
	builderHint: { propertyHint: 'A number from the Videograph dashboard, such as 1.' },
};

const environmentField: INodeProperties = {
	displayName: 'Environment UUID',
	name: 'environmentUUID',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 5b1d6f0e-2a54-4f0a-b7a1-9f6f6f1d3c20',
	description: 'The ID of the environment that the key is for',
	builderHint: { propertyHint: 'A UUID from the Videograph dashboard, such as 5b1d6f0e-2a54-4f0a-b7a1-9f6f6f1d3c20.' },
};

const secretNotice: INodeProperties = {
	displayName:
		'The output contains the secret of the key, which is shown once. Store it safely, and delete this execution.',
	name: 'secretNotice',
	type: 'notice',
	default: '',
};

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create signing key',
	description: 'Create a key to sign playback URLs; the output contains its secret',
	endpoints: ['createSigningKey'],
	fields: [productTypeIdField, environmentField, secretNotice, optionsField()],
	advice: { 400: 'Check Product Type ID and Environment UUID.' },

	prepare(parameters) {
		const request = {
			productTypeId: parameters.positiveInteger('productTypeId'),
			environmentUUID: parameters.id('environmentUUID'),
		};
		const key = parameters.idempotencyKey('signingKey', request);

		return async (context) => {
			const send = async () => await context.client.createSigningKey(request);
			// The response is not documented, so it is returned unchanged.
			const signingKey = await createOnce(context.store, key, { name: 'the signing key', request, send });
			return [{ json: { ...signingKey } }];
		};
	},
};
