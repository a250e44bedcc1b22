/** Concatenates byte arrays. */
export function joinBytes(parts: Uint8Array[]): Uint8Array {
	const [only] = parts;
	if (only && parts.length === 1) return only;
	const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
	let position = 0;
	for (const part of parts) {
		joined.set(part, position);
		position += part.length;
	}
	return joined;
}
