import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { resources } from '../../nodes/Videograph/actions/router';
import { Videograph } from '../../nodes/Videograph/Videograph.node';
import { useHarness } from './harness';
import { OPERATION_CASES } from './operationCases';

/** What the model of an agent reads of each operation, if it fills in all required fields. */
const harness = useHarness({ createAnswer: 'clipUUID' });
const { description: node } = new Videograph();

/** An agent cannot hand over a file. */
const NOT_FOR_AGENTS = ['upload/uploadFile'];

/** What the description of a field must contain. */
const NEEDED: Array<[kind: string, fits: (field: INodeProperties) => boolean, contents: RegExp[]]> = [
	['time', ({ type }) => type === 'dateTime', [/such as \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, /Unix time in seconds/]],
	[
		'duration',
		({ default: value }) => typeof value === 'string' && /^\d+s$/.test(value),
		[/such as 30s/, /number without a unit is in seconds/],
	],
	['ID', ({ type, name }) => type === 'resourceLocator' || /Id$/.test(name), [/Id of an item|contentId if|dashboard/]],
	['number', ({ type }) => type === 'number', [/pixels|such as \d/]],
	['text', () => true, [/such as \S/i]],
];

const operations = resources.flatMap((resource) =>
	resource.operations
		.map((operation) => ({ id: `${resource.value}/${operation.value}`, resource, operation }))
		.filter(({ id }) => !NOT_FOR_AGENTS.includes(id)),
);

/** The operation with each value of its lists, such as Time Range: they show different fields. */
const variants = operations.flatMap(({ id, resource, operation }) => {
	const basis: INodeParameters = { resource: resource.value, operation: operation.value };
	const choices = operation.fields.flatMap(({ name, type, options = [] }) =>
		type === 'options' ? options.map((option) => ({ [name]: 'value' in option ? option.value : '' })) : [],
	);
	return [{}, ...choices].map((choice) => ({
		id,
		choice: Object.values(choice).join(),
		parameters: { ...basis, ...choice },
	}));
});

/** The required fields that n8n shows with these parameters, and that take an expression. */
function requiredFields(given: INodeParameters): INodeProperties[] {
	const { properties } = node;
	const type = { typeVersion: 1 };
	const all = NodeHelpers.getNodeParameters(properties, given, true, false, type, node) ?? {};
	return properties.filter(
		(field) => field.required && field.type !== 'options' && NodeHelpers.displayParameter(all, field, type, node),
	);
}

/** A field for an agent to fill in, described as n8n's AI builder reads it. */
function fromAi({ name, type, description = '', builderHint }: INodeProperties): INodeParameters[string] {
	const text = `${description}. ${builderHint?.propertyHint ?? ''}`.replaceAll('`', "'");
	const value = `={{ $fromAI('${name}', \`${text}\`, '${type === 'number' ? 'number' : 'string'}') }}`;
	return type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;
}

describe.each(variants)('$id $choice as a tool', ({ parameters }) => {
	const fields = requiredFields(parameters);

	it('asks the model for each required field, with an example and its unit', async () => {
		const filled = Object.fromEntries(fields.map((field) => [field.name, fromAi(field)]));

		const schema = await harness.engine.toolSchema({ ...parameters, ...filled }, harness.credential);

		expect(Object.keys(schema).sort()).toEqual(fields.map(({ name }) => name).sort());
		const missing = fields.flatMap((field) => {
			const [kind = '', , contents = []] = NEEDED.find(([, fits]) => fits(field)) ?? [];
			return contents
				.filter((content) => !content.test(schema[field.name] ?? ''))
				.map((content) => `${field.name} (${kind}): ${content}`);
		});
		expect(missing).toEqual([]);
	});
});

describe.each(operations)('$id as a tool', ({ id, resource, operation }) => {
	it('succeeds with the values of the model', async () => {
		await harness.createClip();
		const values = Object.values(OPERATION_CASES[id] ?? {})[0]?.(harness) ?? {};
		const given: INodeParameters = { resource: resource.value, operation: operation.value, ...values };
		const fields = requiredFields(given).filter(({ name }) => name in values);
		const filled = Object.fromEntries(fields.map((field) => [field.name, fromAi(field)]));
		const args = fields.map(({ name }) => {
			const value = values[name];
			return [name, typeof value === 'object' && value !== null && 'value' in value ? value.value : value];
		});

		const { answer } = await harness.engine.callTool(
			{ ...given, ...filled },
			harness.credential,
			Object.fromEntries(args) as Record<string, unknown>,
		);

		expect(answer).toMatch(/^\[/);
		expect(answer).not.toContain('"error"');
	});
});
