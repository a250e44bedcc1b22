import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../parameters/itemParameters';
import { parsePlaybackPolicies, type Policy } from '../parameters/playbackPolicy';

/** A choice of who may play something; by itself, nothing is chosen. */
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

/**
 * Reads a `policyField` among the additional fields.
 *
 * @param key what the API calls it
 * @returns nothing where nothing is chosen, so that nothing is sent
 */
export function policy<Key extends string>(parameters: ItemParameters, name: string, key: Key): Partial<Record<Key, Policy[]>> {
	const policies = parameters.parse(`additionalFields.${name}`, parsePlaybackPolicies);
	return (policies.length > 0 ? { [key]: policies } : {}) as Partial<Record<Key, Policy[]>>;
}
