import { formatValue } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

/** The characters of an ID. Any other character could change the URL path that contains the ID. */
const ID = /^[\w-]{1,128}$/;

/**
 * Parses the ID of a Videograph resource.
 *
 * @throws {InvalidValueError} for a value that is not a valid ID
 */
export function parseId(value: unknown): string {
	if (value === '' || value === null || value === undefined) {
		throw new InvalidValueError('must not be empty', 'Select an entry from the list, or enter an ID.');
	}
	if (typeof value !== 'string' || !ID.test(value.trim())) {
		throw new InvalidValueError(
			`${formatValue(value)} is not a valid ID`,
			'An ID consists of letters, digits, hyphens and underscores.',
		);
	}
	return value.trim();
}
