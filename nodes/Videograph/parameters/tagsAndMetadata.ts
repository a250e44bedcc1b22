import { jsonParse } from 'n8n-workflow';
import type { MetadataEntry } from '../api/types';
import { formatValue, isObject } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

/** `jsonParse` returns null for text that is not JSON. */
const NULL_IF_INVALID = { fallbackValue: null };

/**
 * Parses tags from comma-separated text or a list. Empty tags and duplicates are removed.
 *
 * @throws {InvalidValueError} for a list with values other than text and numbers, and for any other value
 */
export function parseTags(value: unknown): string[] {
	const tags: unknown[] | undefined =
		typeof value === 'string' ? splitTags(value) : Array.isArray(value) ? value : undefined;
	if (!tags?.every((tag) => typeof tag === 'string' || typeof tag === 'number')) {
		throw new InvalidValueError(
			`${formatValue(value)} is not a list of tags`,
			'Enter tags separated by commas, such as goal, first half, or an expression that returns a list of text values.',
		);
	}
	return [...new Set(tags.map((tag) => String(tag).trim()).filter((tag) => tag !== ''))];
}

/** Splits comma-separated text, or parses a list that an expression converted to JSON text. */
function splitTags(text: string): unknown[] {
	const list = text.trim().startsWith('[') ? jsonParse<unknown>(text, NULL_IF_INVALID) : undefined;
	return Array.isArray(list) ? list : text.split(',');
}

const METADATA_ADVICE =
	'Enter names with values, such as { "team": "home", "player": "9" }. A value is text, a number, true or false.';

/**
 * Parses metadata from n8n's rows (`{values: [{key, value}], json: [{object}]}`), an object, JSON text of an object, or
 * a list of `{key, value}`. Values become text, as the API requires. The last value of a duplicate key wins.
 *
 * @throws {InvalidValueError} for any other value, and for a list or an object as the value of a key
 */
export function parseMetadata(value: unknown): MetadataEntry[] {
	const entries = new Map<string, string>();
	for (const [key, entryValue] of keyValuePairs(value)) {
		const name = metadataName(key ?? '');
		if (name === '') continue;
		entries.set(name, metadataText(name, entryValue ?? ''));
	}
	return [...entries].map(([key, text]) => ({ key, value: text }));
}

function metadataName(key: unknown): string {
	if (typeof key === 'string' || typeof key === 'number') return String(key).trim();
	throw new InvalidValueError(`the name ${formatValue(key)} is not text`, METADATA_ADVICE);
}

function metadataText(name: string, value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new InvalidValueError(`the value of ${formatValue(name)} is ${formatValue(value)}, not text`, METADATA_ADVICE);
}

function keyValuePairs(value: unknown): Array<[unknown, unknown]> {
	if (value === undefined || value === null || value === '') return [];
	if (typeof value === 'string') {
		return keyValuePairs(jsonParse<unknown>(value, NULL_IF_INVALID) ?? refuseMetadata(value));
	}
	if (Array.isArray(value)) {
		return value.map((row) => (isObject(row) && 'key' in row ? [row.key, row.value] : refuseMetadata(value)));
	}
	if (!isObject(value)) return refuseMetadata(value);
	return isRows(value)
		? [...keyValuePairs(value.values), ...(value.json ?? []).flatMap((row) => keyValuePairs(row.object))]
		: Object.entries(value);
}

interface Rows {
	values?: unknown[];
	json?: Array<{ object?: unknown }>;
}

function isRows(value: Record<string, unknown>): value is Record<string, unknown> & Rows {
	const keys = Object.keys(value);
	return keys.length > 0 && keys.every((key) => (key === 'values' || key === 'json') && Array.isArray(value[key]));
}

function refuseMetadata(value: unknown): never {
	throw new InvalidValueError(`${formatValue(value)} is not a set of names and values`, METADATA_ADVICE);
}
