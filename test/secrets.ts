import { inspect } from 'node:util';

/** What a credential holds. */
interface Login {
	accessTokenId?: unknown;
	secretKey?: unknown;
}

/** The token id of a test's credentials may be a plain word; it is no secret, and would be found everywhere. */
const SHORTEST = 8;

/**
 * The forms of a secret in a text: the key, and the Authorization header that contains it.
 *
 * @param text of any length; anything but a text is searched through, with the stacks and the hidden parts of its errors
 * @returns the names of the forms found; none if the key is too short to search for
 */
export function secretsIn({ accessTokenId, secretKey }: Login, text: unknown): string[] {
	if (typeof secretKey !== 'string' || secretKey.length < SHORTEST) return [];
	const searched = typeof text === 'string' ? text : wholeOf(text);
	const pair = Buffer.from(`${String(accessTokenId)}:${secretKey}`);
	const forms: Record<string, string> = {
		'the secret key': secretKey,
		'the secret key in base64': Buffer.from(secretKey).toString('base64').replace(/=+$/, ''),
		'the secret key in a URL': encodeURIComponent(secretKey),
		'the Authorization header': pair.toString('base64').replace(/=+$/, ''),
		...(pair.toString('base64url') !== pair.toString('base64').replace(/=+$/, '') && {
			'the Authorization header in base64url': pair.toString('base64url'),
		}),
	};
	return Object.entries(forms).flatMap(([name, form]) => (searched.includes(form) ? [name] : []));
}

/** @throws {Error} if a text or any other value contains a secret. @param where its location, for the error */
export function refuseSecrets(login: Login, text: unknown, where: string): void {
	const found = secretsIn(login, text);
	if (found.length > 0) throw new Error(`${where} holds ${found.join(' and ')}`);
}

/** Everything of a value, as far as it goes: what is not enumerable too, as causes and stacks are. */
function wholeOf(value: unknown): string {
	return inspect(value, {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: Infinity,
		maxStringLength: Infinity,
		breakLength: Infinity,
		compact: true,
	});
}
