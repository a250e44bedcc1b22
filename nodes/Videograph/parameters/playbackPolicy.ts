import { formatValue } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

const POLICIES = ['public', 'signed'] as const;
export type Policy = (typeof POLICIES)[number];

/**
 * Parses playback policies: a list, or comma-separated text that an expression returned.
 *
 * @returns each policy once; empty if none is selected
 * @throws {InvalidValueError} for any other value
 */
export function parsePlaybackPolicies(value: unknown): Policy[] {
	const values: unknown[] = typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value].flat();
	return [...new Set(values.filter((entry) => entry !== '').map(parsePolicy))];
}

function parsePolicy(value: unknown): Policy {
	const policy = POLICIES.find((candidate) => candidate === value);
	if (policy) return policy;
	throw new InvalidValueError(`${formatValue(value)} is not a valid option`, 'Select public, signed or both.');
}
