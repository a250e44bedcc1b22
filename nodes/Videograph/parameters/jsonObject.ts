import { jsonParse } from 'n8n-workflow';
import { formatValue, isObject } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

/**
 * Parses a request body: JSON text of an object, or an object that an expression returned.
 *
 * @throws {InvalidValueError} for any other value, and for an object without keys
 */
export function parseJsonObject(value: unknown): Record<string, unknown> {
	const body = typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
	if (isObject(body) && Object.keys(body).length > 0) return body;
	const problem = isObject(body) ? 'must not be empty' : `${formatValue(value)} is not a JSON object`;
	throw new InvalidValueError(
		problem,
		'Enter an object with the fields of the Videograph API, such as { "video": [{ "src": "https://…" }] }.',
	);
}
