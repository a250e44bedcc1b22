import { createHash } from 'crypto';

/** The first 16 hex digits of the SHA-256 of JSON-compatible values. */
export function shortHash(values: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
