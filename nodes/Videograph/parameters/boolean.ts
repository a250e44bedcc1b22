import { InvalidValueError } from './invalidValueError';
import { formatValue } from '../utils/values';

/**
 * Reads a yes or no: true, false, or what an expression gave as text of either.
 *
 * @returns undefined where it is empty
 * @throws {InvalidValueError} for anything else
 */
export function parseBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (text === '' || value === null || value === undefined) return undefined;
	if (text === 'true' || text === 'false') return text === 'true';
	throw new InvalidValueError(`${formatValue(value)} is neither true nor false`, 'Give true or false.');
}
