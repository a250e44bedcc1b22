import { InvalidValueError } from './invalidValueError';
import { formatValue } from '../utils/values';

const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/**
 * Reads the address of a file that Videograph is to fetch.
 *
 * @returns the address as it was given; encoded where it holds characters that an address cannot hold
 * @throws {InvalidValueError} for anything but an http or https address
 */
export function parseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const href = hrefOf(text);
	if (href === undefined) {
		throw new InvalidValueError(
			text === '' && value === '' ? 'it is empty' : `${formatValue(value)} is not a web address`,
			'Give a public address that begins with https:// or http://, as Videograph fetches the file from there.',
		);
	}
	return PRINTABLE_ASCII.test(text) ? text : href;
}

function hrefOf(text: string): string | undefined {
	try {
		const url = new URL(text);
		return /^https?:$/.test(url.protocol) && /^https?:\/\//i.test(text) ? url.href : undefined;
	} catch {
		return undefined;
	}
}
