/** A text that is dangerous in a path, a page, an expression or an object. */
export const HOSTILE =
	'../..//__proto__?a=b#c%00\u0000\u202e\ud800"><script>alert(1)</script>{{ $json }}={{ 1 }}\'; DROP TABLE clips;--';

/** The key of every object that is checked afterwards. */
export const POLLUTED = 'pollutedByTheTest';

/** The keys of texts defined by the API. All other texts are user input. */
const API_TEXTS = new Set(['status', 'code', 'message']);

/** A response with hostile IDs and texts, and with keys for prototype pollution in its objects. */
export function hostile(value: unknown, key = ''): unknown {
	if (typeof value === 'string') return API_TEXTS.has(key) ? value : HOSTILE;
	if (Array.isArray(value)) return value.map((entry) => hostile(entry, key));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).map(([name, entry]) => [name, hostile(entry, name)] as const);
	const trap = { [POLLUTED]: true, prototype: { [POLLUTED]: true } };
	// As JSON.parse would: `__proto__` is a key like any other.
	return Object.fromEntries([...entries, ['__proto__', trap], ['constructor', trap]]);
}

/** @throws {Error} if a prototype is polluted */
export function refusePollution(): void {
	const reached: object[] = [{}, [], () => undefined, new Date()];
	if (reached.some((value) => POLLUTED in value)) throw new Error('A prototype has been changed');
}
