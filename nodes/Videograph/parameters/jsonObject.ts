import { jsonParse } from 'n8n-workflow';
import { InvalidValueError } from './invalidValueError';
import { isObject, formatValue } from '../utils/values';

/**
 * Reads the body of a request that somebody wrote: JSON text of an object, or an object that an expression gave.
 *
 * @throws {InvalidValueError} for anything else, and for an object without keys
 */
export function parseJsonObject(value: unknown): Record<string, unknown> {
	const body = typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
	if (isObject(body) && Object.keys(body).length > 0) return body;
	const problem = isObject(body) ? 'it is empty' : `${formatValue(value)} is not a JSON object`;
	throw new InvalidValueError(
		problem,
		'Give an object with the fields of Videograph, such as { "video": [{ "src": "https://…" }] }.',
	);
}
