import { jsonParse } from 'n8n-workflow';
import { InvalidInput } from '../shared/invalidInput';
import { isObject, shown } from '../shared/values';

/**
 * Reads the body of a request that somebody wrote: JSON text of an object, or an object that an expression gave.
 *
 * @throws {InvalidInput} for anything else, and for an object without keys
 */
export function parseBody(value: unknown): Record<string, unknown> {
	const body = typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
	if (isObject(body) && Object.keys(body).length > 0) return body;
	const problem = isObject(body) ? 'it is empty' : `${shown(value)} is not a JSON object`;
	throw new InvalidInput(
		problem,
		'Give an object with the fields of Videograph, such as { "video": [{ "src": "https://…" }] }.',
	);
}
