import { InvalidValueError } from './invalidValueError';
import { formatValue } from '../utils/values';

const POLICIES = ['public', 'signed'] as const;
export type Policy = (typeof POLICIES)[number];

/**
 * Reads who may play something: a list of policies, or what an expression gave as text with commas.
 *
 * @returns each policy once; empty where nothing is chosen
 * @throws {InvalidValueError} for anything else
 */
export function parsePlaybackPolicies(value: unknown): Policy[] {
	const list: unknown[] = typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [value].flat();
	const policies = list.filter((one) => one !== '').map((one) => {
		const policy = POLICIES.find((known) => known === one);
		if (policy) return policy;
		throw new InvalidValueError(`there is no ${formatValue(one)}`, 'Choose one or both of public and signed.');
	});
	return [...new Set(policies)];
}
