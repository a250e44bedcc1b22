import type { Format } from './hls';

const EXTENSIONS: Record<Format, string> = { mp4: '.mp4', audio: '.m4a' };
const MAX_LENGTH = 100;
/** Names that Windows reserves. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The name of a file, which every file system accepts.
 *
 * @param text a title, or a name with or without its extension
 */
export function fileNameOf(text: string | null, format: Format): string {
	const extension = EXTENSIONS[format];
	const given = text ?? '';
	const base = given.toLowerCase().endsWith(extension) ? given.slice(0, -extension.length) : given;
	const safe = Array.from(base.replace(/[\p{C}\\/:*?"<>|]+/gu, ' '))
		.slice(0, MAX_LENGTH)
		.join('')
		.replace(/\s+/g, ' ')
		.replace(/^[\s.]+|[\s.]+$/g, '');
	return `${safe === '' || RESERVED.test(safe) ? 'video' : safe}${extension}`;
}
