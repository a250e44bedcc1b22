import type { INodeProperties } from 'n8n-workflow';
import { concurrencyField, simplifyField } from '../fields';

export const clipOptionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [concurrencyField, simplifyField],
};
