import { formatValue } from '../../utils/values';
import { lineError, type Draft } from './highlight';
import { countNames, parseRecord } from './record';
import { isSkipped } from './text';

const SEPARATORS = [',', ';', '\t'];

/** What parts the columns of a header line, or undefined where the line is no header: it must name a time. */
export function separatorOf(header: string): string | undefined {
	const count = (separator: string) => countNames(header.split(separator));
	const best = SEPARATORS.reduce((a, b) => (count(b) > count(a) ? b : a));
	return count(best) > 0 ? best : undefined;
}

/**
 * Reads a table with a header line, written as RFC 4180 has it.
 *
 * @param text with line breaks as \n
 */
export function parseCsv(text: string, separator: string): Draft[] {
	const [header, ...rows] = parseRows(text, separator);
	const columns = header?.cells ?? [];
	return rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).map(({ line, cells }) => {
		if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
			throw lineError(
				line,
				`${formatValue(cells.join(separator))} has ${cells.length} values for ${columns.length} columns`,
				`Put values that hold ${formatValue(separator)} in double quotes.`,
			);
		}
		return parseRecord(columns.map((name, index) => [name, cells[index]]), line);
	});
}

interface Row {
	/** The line of the text on which it begins, from 1 */
	line: number;
	cells: string[];
}

function parseRows(text: string, separator: string): Row[] {
	const rows: Row[] = [];
	let line = 1;
	for (let at = 0; at < text.length; ) {
		const start = at;
		const lineEnd = endOfLine(text, at);
		if (isSkipped(text.slice(start, lineEnd))) {
			at = lineEnd + 1;
		} else {
			const row = { line, cells: [] as string[] };
			let cell: Cell;
			do {
				cell = parseCell(text, at, separator, line);
				row.cells.push(cell.value);
				at = cell.end + 1;
			} while (text[cell.end] === separator);
			rows.push(row);
		}
		line += text.slice(start, at).split('\n').length - 1;
	}
	return rows;
}

interface Cell {
	value: string;
	/** The index of the separator or line break after it, or the length of the text */
	end: number;
}

function parseCell(text: string, start: number, separator: string, line: number): Cell {
	let quote = start;
	while (text[quote] === ' ') quote++;
	if (text[quote] === '"') return parseQuoted(text, quote, separator, line);

	let end = start;
	while (end < text.length && text[end] !== separator && text[end] !== '\n') end++;
	return { value: text.slice(start, end), end };
}

function parseQuoted(text: string, quote: number, separator: string, line: number): Cell {
	let closing = text.indexOf('"', quote + 1);
	while (closing !== -1 && text[closing + 1] === '"') closing = text.indexOf('"', closing + 2);

	let end = closing + 1;
	while (text[end] === ' ') end++;
	if (closing === -1 || (end < text.length && text[end] !== separator && text[end] !== '\n')) {
		const problem = closing === -1 ? 'has no closing quote' : 'goes on after its closing quote';
		throw lineError(
			line,
			`${formatValue(text.slice(quote, endOfLine(text, quote)))} ${problem}`,
			'Put a whole value in double quotes, and write a double quote in it twice.',
		);
	}
	return { value: text.slice(quote + 1, closing).replaceAll('""', '"'), end };
}

function endOfLine(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	return end === -1 ? text.length : end;
}
