import { InvalidInput } from './invalidInput';
import { shown } from './values';

/**
 * Reads a yes or no: true, false, or what an expression gave as text of either.
 *
 * @returns undefined where it is empty
 * @throws {InvalidInput} for anything else
 */
export function parseFlag(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (text === '' || value === null || value === undefined) return undefined;
	if (text === 'true' || text === 'false') return text === 'true';
	throw new InvalidInput(`${shown(value)} is neither true nor false`, 'Give true or false.');
}
