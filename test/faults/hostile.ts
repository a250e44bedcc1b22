/** A text with all that could harm somebody who puts it into a path, a page, an expression or an object. */
export const HOSTILE = '../..//__proto__?a=b#c%00\u0000\u202e\ud800"><script>alert(1)</script>{{ $json }}={{ 1 }}\'; DROP TABLE clips;--';

/** What is looked for afterwards: a key of every object. */
export const POLLUTED = 'pollutedByTheTest';

/** Words by which the API tells how things stand: everything else that is text is of somebody's making. */
const KEPT = new Set(['status', 'code', 'message']);

/** An answer whose ids and texts are hostile, and whose objects carry the keys by which prototypes are reached. */
export function hostile(value: unknown, key = ''): unknown {
	if (typeof value === 'string') return KEPT.has(key) ? value : HOSTILE;
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
