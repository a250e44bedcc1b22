import type { INodeProperties } from 'n8n-workflow';
import { InvalidValueError } from '../parameters/invalidValueError';
import type { ItemParameters } from '../parameters/itemParameters';
import { formatValue } from '../utils/values';

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

/** Reads a `policyField` in Additional Fields. undefined if nothing is selected, so that nothing is sent. */
export function readPolicy(parameters: ItemParameters, name: string): Policy[] | undefined {
	const policies = parameters.parse(`additionalFields.${name}`, parsePlaybackPolicies);
	return policies.length > 0 ? policies : undefined;
}

const POLICIES = ['public', 'signed'] as const;
type Policy = (typeof POLICIES)[number];

/**
 * Parses playback policies: a list, or comma-separated text that an expression returned.
 *
 * @returns each policy once; empty if none is selected
 * @throws {InvalidValueError} for any other value
 */
function parsePlaybackPolicies(value: unknown): Policy[] {
	const values: unknown[] = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value].flat();
	return [...new Set(values.filter((entry) => entry !== '').map(parsePolicy))];
}

function parsePolicy(value: unknown): Policy {
	const policy = POLICIES.find((candidate) => candidate === value);
	if (policy) return policy;
	throw new InvalidValueError(`${formatValue(value)} is not a valid option`, 'Select public, signed or both.');
}
