import { shown } from './figures';

/** A table as it is shown: each row has a name and a figure for each column; a text is shown as it is. */
export interface Table {
	title: string;
	/** What was done, in a sentence or two. */
	about: string;
	columns: string[];
	rows: Array<[name: string, ...figures: Array<number | string>]>;
}

/** What is to hold, and whether it does. */
export interface Target {
	what: string;
	value: number;
	unit?: string;
	/** The value must be at most, or at least, this. */
	limit: { most: number } | { least: number };
}

/** Bars of one chart, all in the same unit. */
export interface Chart {
	title: string;
	unit: string;
	bars: Array<{ name: string; value: number }>;
}

/** What a part of the bench has measured. */
export interface Report {
	tables: Table[];
	targets: Target[];
	charts: Chart[];
}

export function holds({ value, limit }: Target): boolean {
	return 'most' in limit ? value <= limit.most : value >= limit.least;
}

export function tableText({ title, about, columns, rows }: Table): string {
	const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
	return [
		`## ${title}`,
		'',
		about,
		'',
		line(['', ...columns]),
		line(['---', ...columns.map(() => '--:')]),
		...rows.map(([name, ...figures]) =>
			line([name, ...figures.map((figure) => (typeof figure === 'number' ? shown(figure) : figure))]),
		),
	].join('\n');
}

export function targetText(target: Target): string {
	const { what, value, unit = '', limit } = target;
	const bound = 'most' in limit ? `at most ${limit.most}` : `at least ${limit.least}`;
	return `- ${holds(target) ? '✓ holds' : '✗ does not hold'}: ${what}: ${shown(value)}${unit} (${bound}${unit})`;
}
