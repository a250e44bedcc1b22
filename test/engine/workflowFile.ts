import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
	INodeTypes,
	IRunData,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type { Engine } from './engine';
import { doubles } from './workflowDoubles';

const FOLDER = join(__dirname, '../../../workflows');

/** The result of an execution of a workflow. */
export interface Ran {
	/** The items of the first output of a node. Empty if the node did not run. */
	items: (node: string) => IDataObject[];
	/** The error that stopped the execution, if any. */
	error: string | undefined;
}

/** An example of workflows/ on n8n's engine, executed like a published workflow. */
export class WorkflowFile {
	readonly nodes: INode[];
	private readonly name: string;
	private readonly connections: IConnections;
	private readonly nodeTypes: INodeTypes;

	/** @param parameters by node name, merged into those of the example */
	constructor(
		private readonly engine: Engine,
		private readonly credential: ICredentialDataDecryptedObject,
		example: string,
		parameters: Record<string, INodeParameters> = {},
	) {
		const file = JSON.parse(readFileSync(join(FOLDER, `${example}.json`), 'utf8')) as Pick<WorkflowFile, 'nodes'> & {
			name: string;
			connections: IConnections;
		};
		({ name: this.name, connections: this.connections } = file);
		this.nodes = file.nodes
			.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
			.map((node) => ({
				...node,
				parameters: { ...node.parameters, ...parameters[node.name] },
				...(node.type.startsWith('n8n-nodes-videograph.') && {
					credentials: { videographApi: { id: '1', name: 'Videograph' } },
				}),
			}));
		const played = doubles();
		const byName = (type: string) => played.get(type) ?? engine.nodeTypes.getByNameAndVersion(type);
		this.nodeTypes = { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
	}

	/**
	 * Runs the workflow.
	 *
	 * @param items the output of the node that it starts with
	 * @param given the output of other nodes, which would request unavailable services
	 * @param start the name of the node that it starts with, if it is not the first
	 */
	async run(items: IDataObject[], given: Record<string, IDataObject[]> = {}, start?: string): Promise<Ran> {
		const { nodes, connections, nodeTypes, name } = this;
		const workflow = new Workflow({
			id: 'w',
			name,
			nodes,
			connections,
			active: true,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
		const first = nodes.find((node) => node.name === (start ?? nodes[0]?.name));
		if (!first) throw new Error(`the workflow has no node ${start ?? 'at all'}`);
		const hooks = new ExecutionLifecycleHooks('trigger', '1', { id: 'w', name, nodes, connections } as never);
		const pinned = (jsons: IDataObject[]) => jsons.map((json, item) => ({ json, pairedItem: { item } }));
		const execution = new WorkflowExecute(
			this.engine.additionalData(this.credential, hooks),
			'trigger',
			createRunExecutionData({
				resultData: {
					pinData: Object.fromEntries(Object.entries(given).map(([node, jsons]) => [node, pinned(jsons)])),
				},
				executionData: {
					nodeExecutionStack: [{ node: first, data: { main: [items.map((json) => ({ json }))] }, source: null }],
				},
			}),
		);
		const { data } = await execution.processRunExecutionData(workflow);
		const { runData, error } = data.resultData;
		return { items: (node) => itemsOf(runData, node), error: error?.message };
	}
}

function itemsOf(runData: IRunData, node: string): IDataObject[] {
	return runData[node]?.[0]?.data?.main?.[0]?.map(({ json }) => json) ?? [];
}
