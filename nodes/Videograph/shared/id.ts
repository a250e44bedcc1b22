import { InvalidInput } from './invalidInput';
import { shown } from './values';

/** What an id may hold: anything else could change the path that it becomes a part of. */
const ID = /^[\w-]{1,128}$/;

/**
 * Reads the id of something in Videograph.
 *
 * @throws {InvalidInput} for what cannot be an id
 */
export function parseId(value: unknown): string {
	if (value === '' || value === null || value === undefined) {
		throw new InvalidInput('it is empty', 'Pick one from the list, or give its ID.');
	}
	if (typeof value !== 'string' || !ID.test(value.trim())) {
		throw new InvalidInput(`${shown(value)} is not an ID`, 'An ID holds only letters, digits, hyphens and underscores.');
	}
	return value.trim();
}
