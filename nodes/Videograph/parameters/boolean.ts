import { formatValue } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

/**
 * Parses a boolean, or its text form, which an expression may return.
 *
 * @returns undefined if the value is empty
 * @throws {InvalidValueError} for any other value
 */
export function parseBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (text === '' || value === null || value === undefined) return undefined;
	if (text === 'true' || text === 'false') return text === 'true';
	throw new InvalidValueError(`${formatValue(value)} is neither true nor false`, 'Enter true or false.');
}
