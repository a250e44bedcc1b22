import { InvalidValueError, withLabel } from '../../parameters/invalidValueError';
import { parseTags } from '../../parameters/tagsAndMetadata';
import { formatValue } from '../../utils/values';
import type { Draft } from './highlight';

/** The accepted names of object keys and table columns. If several have a value, the first one wins. */
const FIELD_NAMES = {
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
const ALL_NAMES = new Set(Object.values(FIELD_NAMES).flat());
const TIME_NAMES = new Set([...FIELD_NAMES.start, ...FIELD_NAMES.moment]);

/** Removes case and word separators: "Start Time", start_time and startTime are the same name. */
export function normalizeName(name: string): string {
	return name.toLowerCase().replace(/[\s_"-]/g, '');
}

/** Counts the names of fields; 0 if no time is among them, because a highlight needs a time. */
export function countFieldNames(names: string[]): number {
	const normalizedNames = names.map(normalizeName);
	const hasTime = normalizedNames.some((name) => TIME_NAMES.has(name));
	return hasTime ? normalizedNames.filter((name) => ALL_NAMES.has(name)).length : 0;
}

/** Parses the entries of an object or the cells of a table row. Unknown names are ignored. */
export function parseRecord(entries: Array<[string, unknown]>, line: number): Draft {
	const filledEntries = entries.filter(([, value]) => isFilled(value));
	const values = new Map(filledEntries.map(([name, value]) => [normalizeName(name), value]));
	const value = (field: keyof typeof FIELD_NAMES) => FIELD_NAMES[field].map((name) => values.get(name)).find(isFilled);

	return withLabel(`line ${line}`, () => ({
		line,
		title: parseOptionalText(value('title')),
		description: parseOptionalText(value('description')),
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

function parseOptionalText(value: unknown): string | undefined {
	if (value === undefined) return undefined;
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new InvalidValueError(`${formatValue(value)} is not text`, 'Enter the title and the description as text.');
}
