import type { CreateSubtitle, Watermark } from '../api/types';
import { formatValue, isObject } from '../utils/values';
import { parseBoolean } from './boolean';
import { InvalidValueError, withLabel } from './invalidValueError';
import { parseUrl } from './url';

/** The names of a watermark's fields in n8n, with their names in the API. */
const WATERMARK_KEYS = {
	height: 'height',
	opacity: 'opacity',
	width: 'width',
	xAlign: 'x_align',
	xMargin: 'x_margin',
	xPosition: 'x_pos',
	yAlign: 'y_align',
	yMargin: 'y_margin',
	yPosition: 'y_pos',
} as const satisfies Record<string, keyof Watermark>;

/**
 * Parses n8n's rows of subtitles: `{values: [{url, name, languageCode, closedCaptions}]}`, or a list of such rows.
 *
 * @throws {InvalidValueError} for a row that is not complete, and for a value that is not a list of rows
 */
export function parseSubtitles(value: unknown): CreateSubtitle[] {
	return parseRows(value).map(({ url, name, languageCode, closedCaptions }, index) => {
		const label = `row ${index + 1}`;
		return {
			url: withLabel(`the URL of ${label}`, () => parseUrl(url ?? '')),
			name: requiredText(name, `the name of ${label}`),
			language_code: requiredText(languageCode, `the language code of ${label}`),
			support_closed_captions:
				withLabel(`the closed captions of ${label}`, () => parseBoolean(closedCaptions)) ?? false,
		};
	});
}

/**
 * Parses n8n's rows of watermarks: `{values: [{url, …}]}`, or a list of such rows. Empty values are omitted.
 *
 * @throws {InvalidValueError} for a row without a URL, and for a value that is not a list of rows
 */
export function parseWatermarks(value: unknown): Watermark[] {
	return parseRows(value).map((row, index) => {
		const label = `row ${index + 1}`;
		const watermark: Watermark = { url: withLabel(`the URL of ${label}`, () => parseUrl(row.url ?? '')) };
		for (const [name, key] of Object.entries(WATERMARK_KEYS)) {
			const text = trimmedText(row[name] ?? '', `the value of ${name} of ${label}`);
			if (text !== '') watermark[key] = text;
		}
		return watermark;
	});
}

function parseRows(value: unknown): Array<Record<string, unknown>> {
	const rows = isObject(value) ? (value.values ?? []) : value === '' ? [] : value;
	if (Array.isArray(rows) && rows.every(isObject)) return rows;
	return refuseCell(`${formatValue(value)} is not a list of rows`, 'Add rows in the node, or enter a list of objects.');
}

function requiredText(value: unknown, label: string): string {
	return trimmedText(value ?? '', label) || refuseCell(`${label} must not be empty`, 'Enter a value.');
}

function trimmedText(value: unknown, label: string): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	return refuseCell(`${label} is ${formatValue(value)}, not text`, 'Enter text.');
}

function refuseCell(problem: string, advice: string): never {
	throw new InvalidValueError(problem, advice);
}
