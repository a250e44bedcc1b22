import type { INodeProperties } from 'n8n-workflow';
import { parseTags } from '../clip/fields';
import type { ItemParameters } from './parameters';

const POLICIES = ['public', 'signed'] as const;
export type Policy = (typeof POLICIES)[number];

/** A choice of who may play something. */
export function policyField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'multiOptions',
		default: [],
		description,
		options: [
			{ name: 'Public', value: 'public', description: 'Anybody who has the address' },
			{ name: 'Signed', value: 'signed', description: 'Only with an address that is signed with a signing key' },
		],
	};
}

/** Reads a `policyField`: a list, or what an expression gave as text with commas. Empty where nothing is chosen. */
export function policies(parameters: ItemParameters, name: string): Policy[] {
	return parameters.parsed(name, parseTags).map(
		(value) =>
			POLICIES.find((policy) => policy === value) ??
			parameters.refuse(name, `there is no "${value}"`, `Choose from ${POLICIES.join(' and ')}.`),
	);
}
