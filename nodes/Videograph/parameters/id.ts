import { InvalidValueError } from './invalidValueError';
import { formatValue } from '../utils/values';

/** What an id may hold: anything else could change the path that it becomes a part of. */
const ID = /^[\w-]{1,128}$/;

/**
 * Reads the id of something in Videograph.
 *
 * @throws {InvalidValueError} for what cannot be an id
 */
export function parseId(value: unknown): string {
	if (value === '' || value === null || value === undefined) {
		throw new InvalidValueError('it is empty', 'Pick one from the list, or give its ID.');
	}
	if (typeof value !== 'string' || !ID.test(value.trim())) {
		throw new InvalidValueError(`${formatValue(value)} is not an ID`, 'An ID holds only letters, digits, hyphens and underscores.');
	}
	return value.trim();
}
