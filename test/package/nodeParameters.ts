import type { INode, INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { isExpression, NodeHelpers } from 'n8n-workflow';

/** What n8n itself adds to the parameters of a node. */
const ADDED_BY_N8N = ['pollTimes', 'descriptionType', 'toolDescription'];

/**
 * What is wrong with the parameters of a node in a workflow file, by the node's description: names that it does not
 * have, fields that the other parameters hide, values that a list does not offer, required ones that are missing.
 */
export function parameterProblems(node: INode, description: INodeTypeDescription): string[] {
	const { properties } = description;
	const parameters = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description) ?? {};
	const shown = properties.filter((field) => NodeHelpers.displayParameter(parameters, field, node, description));
	const given = Object.entries(node.parameters).filter(([name]) => !ADDED_BY_N8N.includes(name));
	const missing = shown.filter(({ name, required }) => required && !(name in node.parameters));
	return [
		...problemsOf(given, shown, ''),
		...missing.map(({ name, default: value }) => (value === '' ? `${name} is missing` : '')).filter(Boolean),
	];
}

function problemsOf(given: Array<[name: string, value: unknown]>, fields: INodeProperties[], above: string): string[] {
	return given.flatMap(([name, value]) => {
		const path = `${above}${name}`;
		const field = fields.find((candidate) => candidate.name === name);
		return field ? valueProblems(field, value, path) : [`there is no ${path}`];
	});
}

function valueProblems(field: INodeProperties, value: unknown, path: string): string[] {
	if (isExpression(value)) return field.noDataExpression ? [`${path} takes no expression`] : [];
	const options = field.options ?? [];
	switch (field.type) {
		case 'options':
		case 'multiOptions': {
			if (field.typeOptions?.loadOptionsMethod) return [];
			const offered = options.map((option) => ('value' in option ? option.value : undefined));
			const wrong = [value].flat().filter((one) => !offered.includes(one as string));
			return wrong.map((one) => `${path} does not offer ${JSON.stringify(one)}`);
		}
		case 'collection':
			return problemsOf(Object.entries(value as INodeParameters), options as INodeProperties[], `${path}.`);
		case 'fixedCollection':
			return Object.entries(value as Record<string, INodeParameters[]>).flatMap(([group, rows]) => {
				const found = options.find(({ name }) => name === group);
				if (!found || !('values' in found)) return [`there is no ${path}.${group}`];
				return [rows].flat().flatMap((row) => problemsOf(Object.entries(row), found.values, `${path}.${group}.`));
			});
		case 'resourceLocator': {
			const { mode } = value as { mode: string };
			return field.modes?.some(({ name }) => name === mode) ? [] : [`${path} has no mode ${mode}`];
		}
		case 'boolean':
		case 'number':
			return typeof value === field.type ? [] : [`${path} is no ${field.type}`];
		default:
			return typeof value === 'string' ? [] : [`${path} is no text`];
	}
}
