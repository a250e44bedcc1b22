import { createHash } from 'crypto';

/** The SHA-256 of JSON-compatible values in hexadecimal. */
export function hash(values: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** The first 16 hex digits of `hash`. */
export function shortHash(values: unknown[]): string {
	return hash(values).slice(0, 16);
}
