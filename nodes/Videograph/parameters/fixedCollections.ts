import { parseBoolean } from './boolean';
import { InvalidValueError } from './invalidValueError';
import { isObject, formatValue } from '../utils/values';
import type { CreateSubtitle, Watermark } from '../api/types';
import { parseUrl } from './url';

/** What n8n calls the fields of a watermark, and what the API does. */
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
 * Reads n8n's rows of subtitles: `{values: [{url, name, languageCode, closedCaptions}]}`, or a list of such rows.
 *
 * @throws {InvalidValueError} for a row that lacks something, and for what is no rows
 */
export function parseSubtitles(value: unknown): CreateSubtitle[] {
	return rowsOf(value).map((row, index) => {
		const which = `row ${index + 1}`;
		return {
			url: parseCell(parseUrl, row.url ?? '', `the URL of ${which}`),
			name: requiredText(row.name, `the name of ${which}`),
			language_code: requiredText(row.languageCode, `the language code of ${which}`),
			support_closed_captions: parseCell(parseBoolean, row.closedCaptions, `the closed captions of ${which}`) ?? false,
		};
	});
}

/**
 * Reads n8n's rows of watermarks: `{values: [{url, …}]}`, or a list of such rows. What is empty is left out.
 *
 * @throws {InvalidValueError} for a row without an address, and for what is no rows
 */
export function parseWatermarks(value: unknown): Watermark[] {
	return rowsOf(value).map((row, index) => {
		const which = `row ${index + 1}`;
		const watermark: Watermark = { url: parseCell(parseUrl, row.url ?? '', `the URL of ${which}`) };
		for (const [name, key] of Object.entries(WATERMARK_KEYS)) {
			const text = textOf(row[name] ?? '', `the value of ${name} of ${which}`);
			if (text !== '') watermark[key] = text;
		}
		return watermark;
	});
}

function rowsOf(value: unknown): Array<Record<string, unknown>> {
	const rows = isObject(value) ? (value.values ?? []) : value === '' ? [] : value;
	if (Array.isArray(rows) && rows.every(isObject)) return rows;
	throw new InvalidValueError(`${formatValue(value)} is no list of rows`, 'Add the rows in the node, or give a list of objects.');
}

/** A value of a row through a function that throws InvalidInput. */
function parseCell<T>(parse: (value: unknown) => T, value: unknown, what: string): T {
	try {
		return parse(value);
	} catch (error) {
		if (error instanceof InvalidValueError) return refuse(`${what}: ${error.message}`, error.advice);
		return refuse(`${what} cannot be read`, 'Give a text.');
	}
}

function requiredText(value: unknown, what: string): string {
	return textOf(value ?? '', what) || refuse(`${what} is empty`, 'Fill it in.');
}

function textOf(value: unknown, what: string): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	return refuse(`${what} is ${formatValue(value)}, not a text`, 'Give a text.');
}

function refuse(problem: string, advice: string): never {
	throw new InvalidValueError(problem, advice);
}
