import { answerErrors, answerSchema } from '../../test/contract/openapi';

/** A field name that the report may contain. Any other could be a customer's word, such as a key of a map. */
const FIELD_NAME = /^[A-Za-z_][A-Za-z_]{0,39}$/;

/**
 * What a response has that docs/openapi.yaml does not describe, and what it lacks, each as a sentence without a value.
 *
 * @param name the method and the path template of the request
 */
export function differencesIn(operationId: string, name: string, status: number, body: unknown): string[] {
	const errors = answerErrors(operationId, status, body);
	if (!errors) return [`${name}: status ${status} is not described`];
	const problems = errors.map(({ path, problem }) => `${placeOf(path)} ${problem}`);
	const extra = undescribed(body, answerSchema(operationId, status)).map((place) => `${place} is not described`);
	return [...new Set([...problems, ...extra])].map((problem) => `${name} (${status}): ${problem}`);
}

/** @param path a JSON pointer, such as /data/0/title */
function placeOf(path: string): string {
	const parts = path.split('/').slice(1).map(fieldName);
	return parts.length > 0 ? parts.join('.').replaceAll('.[]', '[]') : 'the body';
}

function fieldName(name: string): string {
	if (/^\d+$/.test(name)) return '[]';
	return FIELD_NAME.test(name) ? name : '(a name)';
}

interface Schema {
	properties?: Record<string, Schema>;
	items?: Schema;
	allOf?: Schema[];
}

/** The fields that no schema describes, with the types of their values. */
function undescribed(value: unknown, schema: Schema | undefined, place: string[] = []): string[] {
	if (typeof value !== 'object' || value === null || !schema) return [];
	const schemas = [schema, ...(schema.allOf ?? [])];
	if (Array.isArray(value)) {
		const items = schemas.find((one) => one.items)?.items;
		return [...new Set(value.flatMap((entry) => undescribed(entry, items, [...place, '[]'])))];
	}
	const known = schemas.flatMap(({ properties }) => (properties ? [properties] : []));
	// Anything goes in an object without properties.
	if (known.length === 0) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const own = known.map((properties) => properties[name]).filter((found) => found !== undefined);
		const inside = [...place, fieldName(name)];
		if (own.length === 0) return [`${inside.join('.').replaceAll('.[]', '[]')} (${typeName(inner)})`];
		return undescribed(inner, { allOf: own.filter((found) => typeof found === 'object') }, inside);
	});
}

function typeName(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
