import type { INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { properties } from '../../nodes/Videograph/actions/router';
import { isObject } from '../../nodes/Videograph/utils/values';
import { Engine } from '../../test/engine/engine';
import { type EventExample, type OperationExample, runEvents, runOperations, type SetTime } from './exampleRuns';
import { isField } from './options';

const MARK = '<!-- Below this line: written by `npm run docs` from runs of the node against the emulator. -->';

/**
 * docs/examples.md as it should be: its own words, then what each operation and each event gives out.
 *
 * @param page as it is
 * @param setTime moves the calendar of this process, which must stand still meanwhile
 */
export async function withExamples(page: string, setTime: SetTime): Promise<string> {
	const engine = await Engine.load(false);
	const operations = await runOperations(engine, setTime);
	const events = await runEvents(engine, setTime);
	const [words = ''] = page.split(MARK);
	const parts = [...operations.map(operationPart), '## Videograph Trigger', ...events.map(eventPart)];
	return `${words}${MARK}\n\n${parts.join('\n\n')}\n`;
}

function operationPart({ resource, operation, parameters, output }: OperationExample): string {
	const rows = filledIn(operation.fields, parameters).map(([name, value]) => `| ${name} | ${value} |`);
	const table = ['| Parameter | Value |', '|---|---|', ...rows].join('\n');
	return withFixedIds(
		`## ${resource.name}: ${operation.name}\n\n${operation.description}.\n\n${table}\n\n${json(output)}`,
	);
}

function eventPart({ event, output }: EventExample): string {
	return withFixedIds(`### ${event.name}\n\n${event.description.replace(/\.?$/, '.')}\n\n${json(output)}`);
}

function json(output: object): string {
	return `\`\`\`json\n${JSON.stringify(output, null, 2)}\n\`\`\``;
}

/** Replaces what differs between runs: IDs, clip references and the emulator's URL. */
function withFixedIds(text: string): string {
	const ids = new Map<string, string>();
	const fixed = (id: string): string => {
		const known = ids.get(id) ?? `7be1d6a2-0c7e-4c35-9a55-${String(ids.size + 1).padStart(12, '0')}`;
		ids.set(id, known);
		return known;
	};
	return text
		.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, fixed)
		.replace(/"[0-9a-f]{16}"/g, '"5e1c7a90b3d24f68"')
		.replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://media.example');
}

type Row = [name: string, value: string];

/** The fields of an operation as the editor shows them before anything is added under Additional Fields or Options. */
function filledIn(fields: INodeProperties[], given: INodeParameters): Row[] {
	const values = NodeHelpers.getNodeParameters(properties, given, true, false, null, null) ?? {};
	const isShown = (field: INodeProperties) => NodeHelpers.displayParameter(values, field, null, null);
	return fields.filter(isShown).flatMap((field) => rowsOf(field, values[field.name]));
}

function rowsOf(field: INodeProperties, value: NodeParameterValueType | object | undefined): Row[] {
	if (field.type === 'notice' || value === undefined || value === '') return [];
	if (field.type === 'collection' || field.type === 'fixedCollection') {
		const added = Object.entries((value ?? {}) as INodeParameters);
		return added.flatMap(([name, one]) => {
			const inner = (field.options ?? []).find((option) => option.name === name);
			if (!inner || !isField(inner)) throw new Error(`${field.displayName} has no ${name} that an example can show`);
			return rowsOf(inner, one).map(([innerName, shown]): Row => [`${field.displayName} → ${innerName}`, shown]);
		});
	}
	return [[field.displayName, shown(field, value)]];
}

function shown({ type, options }: INodeProperties, value: unknown): string {
	if (type === 'boolean') return value === true ? 'on' : 'off';
	if (type === 'options')
		return (options ?? []).find((option) => 'value' in option && option.value === value)?.name ?? String(value);
	if (isObject(value) && value.__rl === true) return `By ID: \`${String(value.value)}\``;
	if (type === 'json') return `\`${JSON.stringify(JSON.parse(String(value)))}\``;
	return `\`${String(value)}\``;
}
