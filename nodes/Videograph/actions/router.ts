import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { clip } from './clip';
import { livestream } from './livestream';
import type { Operation, Resource } from './operation';
import { create as createSigningKey } from './signingKey/create';
import { uploadFile } from './upload/uploadFile';
import { video } from './video';

/** All resources with their operations: the source of the node's description, its routing and the generated docs. */
export const resources: Resource[] = [
	clip,
	livestream,
	{ value: 'signingKey', name: 'Signing Key', operations: [createSigningKey] },
	{ value: 'upload', name: 'Upload', operations: [uploadFile] },
	video,
];

/** The operation with these parameter values, or undefined. */
export function findOperation(resource: string, operation: string): Operation | undefined {
	return resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
}

/** The node's parameters: Resource, then each resource's Operation, then each operation's own fields. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: 'clip',
	},
	...resources.flatMap(operationField),
	...resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			updateDisplayOptions({ show: { resource: [resource.value], operation: [operation.value] } }, operation.fields),
		),
	),
];

function operationField({ value, operations, defaultOperation = operations[0].value }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map((operation) => ({
			name: operation.name,
			value: operation.value,
			action: operation.action,
			description: operation.description,
			...(operation.builderHint && { builderHint: { propertyHint: operation.builderHint } }),
		})),
		default: defaultOperation,
	};
}
