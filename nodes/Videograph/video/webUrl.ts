import { InvalidInput } from '../shared/invalidInput';
import { shown } from '../shared/values';

const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/**
 * Reads the address of a file that Videograph is to fetch.
 *
 * @returns the address as it was given; encoded where it holds characters that an address cannot hold
 * @throws {InvalidInput} for anything but an http or https address
 */
export function parseWebUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const href = hrefOf(text);
	if (href === undefined) {
		throw new InvalidInput(
			text === '' && value === '' ? 'it is empty' : `${shown(value)} is not a web address`,
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
