import { formatValue } from '../../utils/values';
import { type Draft, lineError } from './highlight';
import { countFieldNames, parseRecord } from './record';
import { isIgnoredLine } from './textLines';

const SEPARATORS = [',', ';', '\t'];

/**
 * The column separator of a header line. undefined if the line is not a header: a header contains the name of a time.
 */
export function separatorOf(header: string): string | undefined {
	const count = (separator: string) => countFieldNames(header.split(separator));
	const best = SEPARATORS.reduce((a, b) => (count(b) > count(a) ? b : a));
	return count(best) > 0 ? best : undefined;
}

/**
 * Parses CSV (RFC 4180) with a header line.
 *
 * @param text with line breaks as \n
 */
export function parseCsv(text: string, separator: string): Draft[] {
	const [header, ...rows] = parseRows(text, separator);
	const columns = header?.cells ?? [];
	return rows
		.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
		.map(({ line, cells }) => {
			if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
				throw lineError(
					line,
					`${formatValue(cells.join(separator))} has ${cells.length} values for ${columns.length} columns`,
					`Put values that contain ${formatValue(separator)} in double quotes.`,
				);
			}
			return parseRecord(
				columns.map((name, index) => [name, cells[index]]),
				line,
			);
		});
}

interface Row {
	/** The line of the text on which the row starts, counted from 1. */
	line: number;
	cells: string[];
}

function parseRows(text: string, separator: string): Row[] {
	const rows: Row[] = [];
	let line = 1;
	for (let position = 0; position < text.length;) {
		const start = position;
		const lineEnd = endOfLine(text, position);
		if (isIgnoredLine(text.slice(start, lineEnd))) {
			position = lineEnd + 1;
		} else {
			const row = { line, cells: [] as string[] };
			let cell: Cell;
			do {
				cell = parseCell(text, position, separator, line);
				row.cells.push(cell.value);
				position = cell.end + 1;
			} while (text[cell.end] === separator);
			rows.push(row);
		}
		line += text.slice(start, position).split('\n').length - 1;
	}
	return rows;
}

interface Cell {
	value: string;
	/** The index of the separator or line break after the cell, or the length of the text. */
	end: number;
}

function parseCell(text: string, start: number, separator: string, line: number): Cell {
	let quote = start;
	while (text[quote] === ' ') quote++;
	if (text[quote] === '"') return parseQuotedCell(text, quote, separator, line);

	let end = start;
	while (end < text.length && text[end] !== separator && text[end] !== '\n') end++;
	return { value: text.slice(start, end), end };
}

function parseQuotedCell(text: string, quote: number, separator: string, line: number): Cell {
	let closing = text.indexOf('"', quote + 1);
	while (closing !== -1 && text[closing + 1] === '"') closing = text.indexOf('"', closing + 2);

	let end = closing + 1;
	while (text[end] === ' ') end++;
	if (closing === -1 || (end < text.length && text[end] !== separator && text[end] !== '\n')) {
		const problem = closing === -1 ? 'has no closing quote' : 'has text after its closing quote';
		throw lineError(
			line,
			`${formatValue(text.slice(quote, endOfLine(text, quote)))} ${problem}`,
			'Put the whole value in double quotes, and double every quote inside it.',
		);
	}
	return { value: text.slice(quote + 1, closing).replaceAll('""', '"'), end };
}

function endOfLine(text: string, position: number): number {
	const end = text.indexOf('\n', position);
	return end === -1 ? text.length : end;
}
