import { parseFlag } from '../shared/flag';
import { InvalidInput } from '../shared/invalidInput';
import { isObject, shown } from '../shared/values';
import type { CreateSubtitle, Watermark } from '../api/types';
import { parseWebUrl } from './webUrl';

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
 * @throws {InvalidInput} for a row that lacks something, and for what is no rows
 */
export function parseSubtitles(value: unknown): CreateSubtitle[] {
	return rowsOf(value).map((row, index) => {
		const which = `row ${index + 1}`;
		return {
			url: readAs(parseWebUrl, row.url ?? '', `the URL of ${which}`),
			name: needed(row.name, `the name of ${which}`),
			language_code: needed(row.languageCode, `the language code of ${which}`),
			support_closed_captions: readAs(parseFlag, row.closedCaptions, `the closed captions of ${which}`) ?? false,
		};
	});
}

/**
 * Reads n8n's rows of watermarks: `{values: [{url, …}]}`, or a list of such rows. What is empty is left out.
 *
 * @throws {InvalidInput} for a row without an address, and for what is no rows
 */
export function parseWatermarks(value: unknown): Watermark[] {
	return rowsOf(value).map((row, index) => {
		const which = `row ${index + 1}`;
		const watermark: Watermark = { url: readAs(parseWebUrl, row.url ?? '', `the URL of ${which}`) };
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
	throw new InvalidInput(`${shown(value)} is no list of rows`, 'Add the rows in the node, or give a list of objects.');
}

/** A value of a row through a function that throws InvalidInput. */
function readAs<T>(parse: (value: unknown) => T, value: unknown, what: string): T {
	try {
		return parse(value);
	} catch (error) {
		if (error instanceof InvalidInput) return refuse(`${what}: ${error.message}`, error.advice);
		return refuse(`${what} cannot be read`, 'Give a text.');
	}
}

function needed(value: unknown, what: string): string {
	return textOf(value ?? '', what) || refuse(`${what} is empty`, 'Fill it in.');
}

function textOf(value: unknown, what: string): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	return refuse(`${what} is ${shown(value)}, not a text`, 'Give a text.');
}

function refuse(problem: string, advice: string): never {
	throw new InvalidInput(problem, advice);
}
