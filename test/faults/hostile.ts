/** A text that is dangerous in a path, a page, an expression or an object. */
export const HOSTILE = '../..//__proto__?a=b#c%00\u0000\u202e\ud800"><script>alert(1)</script>{{ $json }}={{ 1 }}\'; DROP TABLE clips;--';

/** The key that no object may have afterwards. */
export const POLLUTED = 'pollutedByTheTest';

/** Fields that report the result of a request. All other texts come from users. */
const UNCHANGED = new Set(['status', 'code', 'message']);

/** A response with hostile IDs and texts, and with keys that reach prototypes. */
export function hostile(value: unknown, key = ''): unknown {
	if (typeof value === 'string') return UNCHANGED.has(key) ? value : HOSTILE;
	if (Array.isArray(value)) return value.map((entry) => hostile(entry, key));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([name, entry]) => [name, hostile(entry, name)] as const);
	const trap = { [POLLUTED]: true, prototype: { [POLLUTED]: true } };
	// As JSON.parse would: `__proto__` is a key like any other.
	return Object.fromEntries([...entries, ['__proto__', trap], ['constructor', trap]]);
}

/** @throws {Error} where a prototype has got a key that is not its own */
export function refusePollution(): void {
	const reached: object[] = [{}, [], () => undefined, new Date()];
	if (reached.some((value) => POLLUTED in value)) throw new Error('A prototype has been changed');
}
