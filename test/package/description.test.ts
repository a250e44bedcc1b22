import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { resources } from '../../nodes/Videograph/actions/router';
import { Videograph } from '../../nodes/Videograph/Videograph.node';
import { VideographTrigger } from '../../nodes/Videograph/VideographTrigger.node';

const { description } = new Videograph();

/** A field with those inside it, each under its path. */
function flat(fields: INodeProperties[], above: string): Array<[path: string, field: INodeProperties]> {
	return fields.flatMap((field) => {
		const path = `${above}/${field.name}`;
		const inner = (field.options ?? []).flatMap((option) =>
			'values' in option ? flat(option.values, `${path}/${option.name}`) : 'type' in option ? flat([option], path) : [],
		);
		return [[path, field], ...inner] as Array<[string, INodeProperties]>;
	});
}

const fields = [
	...flat(description.properties, ''),
	...flat(new VideographTrigger().description.properties, 'trigger'),
];
const operations = resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));

/** What a reviewer at n8n would ask to change in a field. */
function problems(field: INodeProperties): string[] {
	const { type, name, displayName, description: text = '', placeholder = '', noDataExpression, options = [] } = field;
	const names = options.map((option) => ('displayName' in option ? option.displayName : option.name));
	const sorted = names.slice().sort((a, b) => a.localeCompare(b));
	const rules: Array<[broken: boolean, problem: string]> = [
		[!/^[A-Z]/.test(displayName), 'its display name does not begin with a capital'],
		[
			text !== text.trim() || (text.endsWith('.') && !text.slice(0, -1).includes('. ')),
			'its one sentence ends in a full stop',
		],
		[type === 'boolean' && !text.startsWith('Whether '), 'its description does not begin with Whether'],
		[
			type === 'string' && placeholder !== '' && !placeholder.startsWith('e.g. '),
			'its placeholder does not begin with e.g.',
		],
		[/^(resource|operation)$/.test(name) && !noDataExpression, 'it takes an expression'],
		[(type === 'collection' || names.length >= 5) && names.join() !== sorted.join(), 'its options are not sorted'],
		[(field.default as unknown) === undefined, 'it has no default'],
	];
	return rules.filter(([broken]) => broken).map(([, problem]) => problem);
}

describe('node description', () => {
	it.each(fields)('the field %s follows the conventions of n8n', (_path, field) => {
		expect(problems(field)).toEqual([]);
	});
});

describe.each(operations)('$resource.name: $operation.name', ({ resource, operation }) => {
	it('is listed in the node panel', () => {
		const field = description.properties.find(
			({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes(resource.value),
		);
		const options = field?.options as INodePropertyOptions[];
		expect(options.find(({ value }) => value === operation.value)).toMatchObject({
			name: operation.name,
			action: expect.stringMatching(/^[A-Z][a-z]+( many)?( ([a-z]+|URL))+$/),
			description: expect.stringMatching(/^[A-Z].*[^.]$/),
		});
	});

	it('shows its fields only for itself', () => {
		const own = description.properties.filter(
			({ displayOptions }) =>
				displayOptions?.show?.operation?.includes(operation.value) &&
				displayOptions.show.resource?.includes(resource.value),
		);
		expect(own.map(({ name }) => name)).toEqual(operation.fields.map(({ name }) => name));
	});

	it('never shows two fields of the same name', () => {
		const always = operation.fields.filter(({ displayOptions }) => !displayOptions).map(({ name }) => name);
		expect(new Set(always).size).toBe(always.length);
	});
});

describe('node panel', () => {
	it('begins with the clip', () => {
		expect(resources[0]?.value).toBe('clip');
		expect(resources[0]?.operations[0].action).toBe('Create clip');
		expect(description.properties[0]?.default).toBe('clip');
	});
});

describe.each([
	// n8n's node panel finds a node by its name and by these, not by its actions.
	['Videograph.node.json', 'videograph', 'create clip'],
	['VideographTrigger.node.json', 'videographTrigger', 'went live'],
])('the codex file %s', (file, name, alias) => {
	const codex = JSON.parse(readFileSync(join(__dirname, '../../../nodes/Videograph', file), 'utf8')) as Record<
		string,
		unknown
	>;

	it('is of this node', () => {
		expect(codex).toMatchObject({ node: `n8n-nodes-videograph.${name}`, codexVersion: '1.0' });
		expect(codex.alias).toContain(alias);
		expect(String(codex.nodeVersion)).toMatch(/^\d+\.\d+$/);
	});
});
