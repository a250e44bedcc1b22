import { createHash, timingSafeEqual } from 'node:crypto';
import type { Options } from './options';

/**
 * Checks HTTP Basic credentials in constant time.
 *
 * @returns the access token ID; undefined: unauthorized
 */
export function accountOf(
	header: string | undefined,
	{ accessTokenId, secretKey, otherAccounts }: Pick<Options, 'accessTokenId' | 'secretKey' | 'otherAccounts'>,
): string | undefined {
	const [scheme = '', encoded = ''] = (header ?? '').split(' ');
	if (scheme.toLowerCase() !== 'basic') return undefined;
	const given = hash(Buffer.from(encoded, 'base64').toString('utf8'));
	const accounts = [{ accessTokenId, secretKey }, ...otherAccounts];
	return accounts.find((one) => timingSafeEqual(given, hash(`${one.accessTokenId}:${one.secretKey}`)))?.accessTokenId;
}

// timingSafeEqual takes values of one length only.
function hash(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
