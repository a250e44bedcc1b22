import { createHash, timingSafeEqual } from 'node:crypto';
import type { Options } from './options';

/** Checks HTTP Basic credentials in constant time. */
export function isAuthorized(
	header: string | undefined,
	{ accessTokenId, secretKey }: Pick<Options, 'accessTokenId' | 'secretKey'>,
): boolean {
	const [scheme = '', encoded = ''] = (header ?? '').split(' ');
	const given = Buffer.from(encoded, 'base64').toString('utf8');
	return scheme.toLowerCase() === 'basic' && timingSafeEqual(hash(given), hash(`${accessTokenId}:${secretKey}`));
}

// timingSafeEqual takes values of one length only.
function hash(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
