import { formatValue } from '../utils/values';
import { InvalidValueError } from './invalidValueError';

const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/**
 * Parses the URL of a file that Videograph downloads.
 *
 * @returns the URL as entered, or percent-encoded if it contains characters that are not valid in a URL
 * @throws {InvalidValueError} for any value other than an http or https URL
 */
export function parseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const href = hrefOf(text);
	if (href === undefined) {
		throw new InvalidValueError(
			value === '' ? 'must not be empty' : `${formatValue(value)} is not a valid URL`,
			'Enter a public URL that starts with https:// or http://. Videograph downloads the file from it.',
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
