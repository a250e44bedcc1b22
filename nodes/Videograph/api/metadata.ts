import { isObject, textOrNull } from '../shared/values';
import type { MetadataEntry } from './types';

/** Whether an entry of metadata that the API gave is one that it takes. */
export function isEntry(entry: unknown): entry is MetadataEntry {
	return isObject(entry) && textOrNull(entry.key) !== null && typeof entry.value === 'string';
}
