import { createHash } from 'crypto';

/** A short name for some values: the same for the same values, and for no others. */
export function shortHash(values: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
