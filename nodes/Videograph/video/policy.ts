import { InvalidInput } from '../shared/invalidInput';
import { shown } from '../shared/values';

export type PlaybackPolicy = 'public' | 'signed';

/**
 * Reads who may play a video: a list of `public` and `signed`, or one of them.
 *
 * @throws {InvalidInput} for anything else
 */
export function parsePolicies(value: unknown): PlaybackPolicy[] {
	const list: unknown[] = Array.isArray(value) ? value : value === '' ? [] : [value];
	const policies = list.filter((one): one is PlaybackPolicy => one === 'public' || one === 'signed');
	if (policies.length === list.length) return [...new Set(policies)];
	throw new InvalidInput(`there is no ${shown(value)}`, 'Choose one or both of public and signed.');
}
