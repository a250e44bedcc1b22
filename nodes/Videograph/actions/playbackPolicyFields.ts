import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../parameters/itemParameters';
import { parsePlaybackPolicies, type Policy } from '../parameters/playbackPolicy';

/** Selects who can play a resource. Nothing is selected by default, so that Videograph decides. */
export function policyField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'multiOptions',
		default: [],
		description,
		options: [
			{ name: 'Public', value: 'public', description: 'Anyone with the URL' },
			{ name: 'Signed', value: 'signed', description: 'Only with a URL that is signed with a signing key' },
		],
	};
}

/**
 * Reads a `policyField` in Additional Fields.
 *
 * @param key its name in the API
 * @returns an empty object if nothing is selected, so that nothing is sent
 */
export function readPolicy<Key extends string>(
	parameters: ItemParameters,
	name: string,
	key: Key,
): Partial<Record<Key, Policy[]>> {
	const policies = parameters.parse(`additionalFields.${name}`, parsePlaybackPolicies);
	return (policies.length > 0 ? { [key]: policies } : {}) as Partial<Record<Key, Policy[]>>;
}
