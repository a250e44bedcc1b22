/** Whether a value is an object, but neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A non-empty string, or null for anything else. */
export function stringOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, or null for anything else. */
export function numberOrNull(value: unknown): number | null {
	return typeof value === 'number' ? value : null;
}

/** A number or numeric string as a number, or NaN. `Number` accepts arrays, and throws for some objects. */
export function toNumber(value: unknown): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** Epoch milliseconds as ISO 8601 in UTC, or null without a valid time. */
export function isoOrNull(epochMilliseconds: number | null | undefined): string | null {
	const date = new Date(epochMilliseconds ?? Number.NaN);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Formats a value for an error message: short, and strings in quotes. */
export function formatValue(value: unknown): string {
	const text = plain(value);
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function plain(value: unknown): string {
	switch (typeof value) {
		case 'number':
		case 'bigint':
			return String(value);
		case 'undefined':
		case 'function':
		case 'symbol':
			return typeof value;
	}
	try {
		return JSON.stringify(value);
	} catch {
		// Circular, or contains a value that JSON does not support.
		return 'an object';
	}
}
