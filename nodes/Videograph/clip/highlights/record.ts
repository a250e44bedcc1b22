import { InvalidValueError } from '../../parameters/invalidValueError';
import { formatValue } from '../../utils/values';
import { parseTags } from '../../parameters/tagsAndMetadata';
import { withLineNumber, type Draft } from './highlight';

/** What keys of an object and columns of a table may be called. Where several are filled in, the first counts. */
const NAMES = {
	title: ['title', 'name', 'label', 'text', 'event'],
	description: ['description', 'note', 'notes', 'comment'],
	tags: ['tags', 'tag', 'labels'],
	start: ['start', 'starttime', 'from', 'in', 'begin'],
	end: ['end', 'endtime', 'to', 'out'],
	moment: ['time', 'moment', 'at', 'timestamp'],
	duration: ['duration', 'length'],
	before: ['before'],
	after: ['after'],
};
const ALL_NAMES = new Set(Object.values(NAMES).flat());
const TIME_NAMES = new Set([...NAMES.start, ...NAMES.moment]);

/** A name without its case and what parts its words: "Start Time", start_time and startTime are one. */
export function plainName(name: string): string {
	return name.toLowerCase().replace(/[\s_"-]/g, '');
}

/** How many of these names are known, or 0 where none of them is a time: a highlight without one is none. */
export function countNames(names: string[]): number {
	const plain = names.map(plainName);
	return plain.some((name) => TIME_NAMES.has(name)) ? plain.filter((name) => ALL_NAMES.has(name)).length : 0;
}

/** Makes a highlight of names and values: those of an object, or a row of a table. Unknown names are left out. */
export function parseRecord(entries: Array<[string, unknown]>, line: number): Draft {
	const filled = entries.filter(([, value]) => isFilled(value));
	const values = new Map(filled.map(([name, value]) => [plainName(name), value]));
	const value = (field: keyof typeof NAMES) => NAMES[field].map((name) => values.get(name)).find(isFilled);

	return withLineNumber(line, () => ({
		line,
		title: textOf(value('title')),
		description: textOf(value('description')),
		tags: parseTags(value('tags') ?? []),
		start: value('start'),
		end: value('end'),
		moment: value('moment'),
		duration: value('duration'),
		before: value('before'),
		after: value('after'),
		source: Object.fromEntries(entries),
	}));
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');
}

function textOf(value: unknown): string | undefined {
	if (value === undefined) return undefined;
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new InvalidValueError(`${formatValue(value)} is not a text`, 'Give the title and the description as texts.');
}
