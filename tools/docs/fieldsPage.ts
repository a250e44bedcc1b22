import type { INodeProperties } from 'n8n-workflow';
import { resources } from '../../nodes/Videograph/actions/router';
import { fields as triggerFields } from '../../nodes/Videograph/trigger/fields';
import { isChoice, isField, isGroup } from './options';

const MARK = '<!-- Below this line: written by `npm run docs` from the code. -->';

/**
 * docs/fields.md as it should be: its own words, then every field of every operation and of the trigger.
 *
 * @param page as it is
 */
export function fieldsPage(page: string): string {
	const [words = ''] = page.split(MARK);
	const parts = resources.flatMap((resource) =>
		resource.operations.map(({ name, description, fields }) =>
			part(`${resource.name}: ${name}`, `${description}.`, fields),
		),
	);
	const trigger = part(
		'Videograph Trigger',
		'The poll interval is set above these parameters, in **Poll Times**.',
		triggerFields,
	);
	return `${words}${MARK}\n\n${[...parts, trigger].join('\n\n')}\n`;
}

function part(title: string, description: string, fields: INodeProperties[]): string {
	const rows = rowsOf(fields).map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
	return [`## ${title}`, '', description, '', '| Parameter | Default | Description |', '|---|---|---|', ...rows].join(
		'\n',
	);
}

/** @param top the fields outside of all groups, which the conditions of a group may name, as `/events` */
function rowsOf(fields: INodeProperties[], above: string[] = [], top = fields): string[][] {
	return fields.flatMap((field) => {
		if (field.type === 'notice') return [];
		const path = [...above, field.displayName];
		const options = field.options ?? [];
		if (field.type === 'collection') return rowsOf(options.filter(isField), path, top);
		const choices = options
			.filter(isChoice)
			.map(({ name, description }) => [`**${name}**`, description].filter(Boolean).join(': '));
		const what = [field.description, ...choices, condition(field, fields, top)].filter(Boolean).join('<br>');
		return [
			[path.join(' → '), initial(field), what],
			...options.filter(isGroup).flatMap(({ values }) => rowsOf(values, path, top)),
		];
	});
}

/** What the field holds before anything is entered, as the editor shows it. */
function initial({ type, default: value, options = [] }: INodeProperties): string {
	if (type === 'fixedCollection') return '';
	if (type === 'boolean') return value === true ? 'on' : 'off';
	if (type === 'resourceLocator' || value === '') return '';
	const names = [value]
		.flat()
		.map((one) => options.filter(isChoice).find((option) => option.value === one)?.name ?? textOf(one));
	return names.map((name) => (options.length > 0 ? name : `\`${name.replace(/\s+/g, ' ')}\``)).join(', ');
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** For which values of the others a field is shown. */
function condition({ displayOptions }: INodeProperties, fields: INodeProperties[], top: INodeProperties[]): string {
	const conditions = Object.entries(displayOptions?.show ?? {}).map(([name, values]) => {
		const other = [...fields, ...top].find((field) => field.name === name.replace(/^\//, ''));
		if (!other) throw new Error(`There is no field ${name}`);
		const shown = (values ?? []).map((value) => initial({ ...other, default: value }));
		return `${other.displayName} is ${shown.join(' or ')}`;
	});
	return conditions.length > 0 ? `*Shown if ${conditions.join(', and ')}*` : '';
}
