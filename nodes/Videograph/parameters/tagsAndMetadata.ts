import { jsonParse } from 'n8n-workflow';
import type { MetadataEntry } from '../api/types';
import { InvalidValueError } from './invalidValueError';
import { isObject, formatValue } from '../utils/values';

/** What text that is no JSON is read as. */
const NO_JSON = { fallbackValue: null };

/**
 * Reads tags from comma text or from a list, without empty and repeated ones.
 *
 * @throws {InvalidValueError} for a list that holds anything but texts and numbers, and for any other value
 */
export function parseTags(value: unknown): string[] {
	const list: unknown[] | undefined = Array.isArray(value) ? value : typeof value === 'string' ? splitTags(value) : undefined;
	if (!list?.every((tag) => typeof tag === 'string' || typeof tag === 'number')) {
		throw new InvalidValueError(`${formatValue(value)} is no list of tags`, 'Give the tags as text with commas between, such as goal, first half, or as a list of texts.');
	}
	return [...new Set(list.map((tag) => String(tag).trim()).filter((tag) => tag !== ''))];
}

/** Comma text, or a list that an expression turned into JSON text. */
function splitTags(text: string): unknown[] {
	const list = text.trim().startsWith('[') ? jsonParse<unknown>(text, NO_JSON) : undefined;
	return Array.isArray(list) ? list : text.split(',');
}

const METADATA_ADVICE = 'Give names with values, such as { "team": "home", "player": "9" }. Values may be texts, numbers or true and false.';

/**
 * Reads metadata from n8n's rows (`{values: [{key, value}], json: [{object}]}`), from an object, from JSON text of one,
 * or from a list of `{key, value}`. Values become texts, as the API wants them; the last of a repeated key counts.
 *
 * @throws {InvalidValueError} for anything else, and for a value that is a list or an object
 */
export function parseMetadata(value: unknown): MetadataEntry[] {
	const entries = new Map<string, string>();
	for (const [key, entry] of pairs(value)) {
		const name = metadataName(key ?? '');
		if (name === '') continue;
		entries.set(name, metadataText(name, entry ?? ''));
	}
	return [...entries].map(([key, text]) => ({ key, value: text }));
}

function metadataName(key: unknown): string {
	if (typeof key === 'string' || typeof key === 'number') return String(key).trim();
	throw new InvalidValueError(`the name ${formatValue(key)} is not a text`, METADATA_ADVICE);
}

function metadataText(name: string, value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new InvalidValueError(`the value of ${formatValue(name)} is ${formatValue(value)}, not a text`, METADATA_ADVICE);
}

function pairs(value: unknown): Array<[unknown, unknown]> {
	if (value === undefined || value === null || value === '') return [];
	if (typeof value === 'string') return pairs(jsonParse<unknown>(value, NO_JSON) ?? fail(value));
	if (Array.isArray(value)) return value.map((row) => (isObject(row) && 'key' in row ? [row.key, row.value] : fail(value)));
	if (!isObject(value)) return fail(value);
	return isRows(value)
		? [...pairs(value.values), ...(value.json ?? []).flatMap((row) => pairs(row.object))]
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

function fail(value: unknown): never {
	throw new InvalidValueError(`${formatValue(value)} is no set of names and values`, METADATA_ADVICE);
}
