/** Whether a value is an object with keys (not null, not a list). */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that holds something, or null: what comes from the network may be of any type. */
export function stringOrNull(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** A number, or a text that is one; NaN for anything else. `Number` would take lists, and throw for some objects. */
export function toNumber(value: unknown): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** Epoch milliseconds as ISO 8601 in UTC, or null where the value is no such time. */
export function isoOrNull(epochMilliseconds: unknown): string | null {
	if (typeof epochMilliseconds !== 'number') return null;
	const date = new Date(epochMilliseconds);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** How a value looks in a message to a person: short, and with its quotes where it is a text. */
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
		default:
			return json(value);
	}
}

function json(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		// It refers to itself, or holds what JSON has no form for.
		return 'an object';
	}
}
