import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** Replaces a node of n8n for one item, or for all. */
type Play = (
	context: IExecuteFunctions,
	items: INodeExecutionData[],
) => Promise<INodeExecutionData[]> | INodeExecutionData[];

/** Doubles of n8n's nodes with the features that the examples use: the project does not install n8n's nodes. */
export function doubles(): Map<string, INodeType> {
	const seen = new Set<unknown>();
	const pass: Play = (_context, items) => items;
	return new Map([
		double('webhook', ['path'], pass),
		double('scheduleTrigger', ['rule'], pass),
		double('wait', ['amount'], pass),
		double('manualTrigger', [], pass),
		double('errorTrigger', [], pass),
		double('rssFeedRead', ['url'], pass),
		double('googleSheets', ['documentId'], pass),
		double(
			'set',
			['assignments'],
			each((context, _item, index) => {
				const { assignments } = context.getNodeParameter('assignments', index) as { assignments: Row[] };
				return record(assignments);
			}),
		),
		double(
			'httpRequest',
			['method', 'url', 'sendBody', 'bodyParameters'],
			each(async (context, _item, index) => {
				const { parameters } = context.getNodeParameter('bodyParameters', index) as { parameters: Row[] };
				const url = context.getNodeParameter('url', index) as string;
				try {
					return (await context.helpers.httpRequest({
						method: 'POST',
						url,
						body: record(parameters),
						json: true,
					})) as IDataObject;
				} catch (error) {
					if (context.continueOnFail()) return { error: (error as Error).message };
					throw new NodeOperationError(context.getNode(), error as Error);
				}
			}),
		),
		double(
			'respondToWebhook',
			['respondWith', 'responseBody', 'options'],
			each((context, { json }, index) =>
				context.getNodeParameter('respondWith', index) === 'json'
					? (context.getNodeParameter('responseBody', index) as IDataObject)
					: json,
			),
		),
		double('stopAndError', ['errorMessage'], (context) => {
			throw new NodeOperationError(context.getNode(), context.getNodeParameter('errorMessage', 0) as string);
		}),
		double('filter', ['conditions'], (context, items) =>
			items.filter((_item, index) => {
				const { conditions } = context.getNodeParameter('conditions', index) as { conditions: Condition[] };
				return conditions.every(meets);
			}),
		),
		double('limit', ['maxItems'], (context, items) =>
			items.slice(0, context.getNodeParameter('maxItems', 0) as number),
		),
		double('removeDuplicates', ['operation', 'dedupeValue'], (context, items) =>
			items.filter((_item, index) => {
				const value = context.getNodeParameter('dedupeValue', index);
				return !seen.has(value) && seen.add(value);
			}),
		),
		double('aggregate', ['aggregate', 'destinationFieldName'], (context, items) => {
			const field = context.getNodeParameter('destinationFieldName', 0) as string;
			return [{ json: { [field]: items.map(({ json }) => json) }, pairedItem: items.map((_item, item) => ({ item })) }];
		}),
	]);
}

interface Row {
	name: string;
	value: string;
}

/** A condition of a Filter node. A time is a text or a DateTime of Luxon. */
interface Condition {
	leftValue: unknown;
	rightValue: unknown;
	operator: { operation: string };
}

function meets({ leftValue, rightValue, operator: { operation } }: Condition): boolean {
	const [left, right] = [String(leftValue), String(rightValue)];
	if (operation === 'startsWith') return left.startsWith(right);
	if (operation === 'notEquals') return left !== right;
	if (operation === 'after') return Date.parse(left) > Date.parse(right);
	throw new Error(`The double of Filter has no ${operation}`);
}

function record(rows: Row[]): IDataObject {
	return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function each(
	play: (context: IExecuteFunctions, item: INodeExecutionData, index: number) => Promise<IDataObject> | IDataObject,
): Play {
	return (context, items) =>
		Promise.all(
			items.map(async (item, index) => ({ json: await play(context, item, index), pairedItem: { item: index } })),
		);
}

/** @param parameters the names of the retained parameters: n8n drops those that are not in a node's description */
function double(name: string, parameters: string[], play: Play): [type: string, node: INodeType] {
	return [
		`n8n-nodes-base.${name}`,
		{
			description: {
				displayName: name,
				name,
				group: ['transform'],
				version: 1,
				description: '',
				defaults: { name },
				inputs: ['main'],
				outputs: ['main'],
				properties: parameters.map((parameter) => ({
					displayName: parameter,
					name: parameter,
					type: 'string',
					default: '',
				})),
			},
			async execute() {
				return [await play(this, this.getInputData())];
			},
		},
	];
}
