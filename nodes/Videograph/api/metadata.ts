import { isObject, stringOrNull } from '../utils/values';
import type { MetadataEntry } from './types';

/** Whether an entry of metadata that the API gave is one that it takes. */
export function isMetadataEntry(entry: unknown): entry is MetadataEntry {
	return isObject(entry) && stringOrNull(entry.key) !== null && typeof entry.value === 'string';
}
