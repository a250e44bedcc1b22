import { join } from 'node:path';
import {
	ExecuteContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, LoggerProxy, NodeApiError, NodeHelpers, Workflow } from 'n8n-workflow';
import { refuseSecrets } from '../secrets';
import { Credentials } from './credentials';

const ROOT = join(__dirname, '../../..');
const PACKAGE = 'n8n-nodes-videograph';

/** The node before the tested one: the source that items are paired with. */
const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return await Promise.resolve([this.getInputData()]);
	},
};

/** A node with a tool. */
const agent: INodeType = {
	description: { ...start.description, name: 'agent', inputs: [{ type: 'ai_tool', displayName: 'Tool' }] },
};

/** A tool in the agent's library. */
interface Tool {
	name: string;
	schema: { shape: Record<string, { description?: string; isOptional(): boolean }> };
	invoke(args: unknown): Promise<string>;
}

/** The settings of one execution. Omitted ones have n8n's defaults. */
export interface Run {
	parameters: INodeParameters;
	credential: ICredentialDataDecryptedObject;
	input?: INodeExecutionData['json'][];
	/** The files of the input items, in order. */
	binary?: IBinaryKeyData[];
	/** IANA name of the workflow's time zone. */
	timezone?: string;
	node?: Partial<INode>;
	/** Stops the execution like the Stop button when it is aborted. */
	stop?: AbortSignal;
}

/** An error in execution data: a plain object. */
export interface StoredError {
	name: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context: { itemIndex?: number; [key: string]: unknown };
	failure?: { cause: string };
}

export interface Result {
	/** The items of the first output. */
	items: INodeExecutionData[];
	/** The hints above the output. */
	hints: string[];
	/** The items of the second output: with `onError: 'continueErrorOutput'`, the errors. */
	errorItems: INodeExecutionData[];
	/** The error that stopped the execution, if any. */
	error: StoredError | undefined;
	/** All stored data of the execution. */
	stored: string;
}

/** Whether n8n's errors have a cause. Those of older versions have none. */
export const TELLS_CAUSE = 'failure' in new NodeApiError({} as INode, {}, { failure: { cause: 'rate-limited' } });

let executions = 0;

/** The log of n8n since the last check, of any level. */
const logged: unknown[] = [];

/** n8n's execution engine with the built package loaded as n8n loads it: no server, no database, real HTTP. */
export class Engine {
	private constructor(
		readonly loader: PackageDirectoryLoader,
		private readonly checkSecrets: boolean,
	) {}

	/** @param looksForSecrets whether to search all data of an execution for the secret of the credential, which takes time */
	static async load(looksForSecrets = true): Promise<Engine> {
		const loader = new PackageDirectoryLoader(ROOT);
		await loader.loadAll();
		const keep = (...entry: unknown[]) => void logged.push(entry);
		if (looksForSecrets) LoggerProxy.init({ debug: keep, info: keep, warn: keep, error: keep });
		return new Engine(loader, looksForSecrets);
	}

	/** @throws {Error} if the data, output or log of the execution contains the secret of the credential */
	async run({ parameters, credential, input = [{}], binary = [], timezone, node = {}, stop }: Run): Promise<Result> {
		const nodes: INode[] = [
			{
				id: '1',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{ ...this.node(parameters), ...node },
		];
		const connections = { Start: { main: [[{ node: 'Videograph', type: 'main' as const, index: 0 }]] } };
		const settings = { executionOrder: 'v1' as const, ...(timezone && { timezone }) };
		const workflow = new Workflow({ id: 'w', nodes, connections, active: false, nodeTypes: this.nodeTypes, settings });
		const [first] = nodes;
		if (!first) throw new Error('no start');
		const hooks = new ExecutionLifecycleHooks('manual', '1', { id: 'w', name: 'w', nodes, connections } as never);
		const execution = new WorkflowExecute(
			this.additionalData(credential, hooks),
			'manual',
			createRunExecutionData({
				executionData: {
					nodeExecutionStack: [
						{
							node: first,
							data: { main: [input.map((json, index) => ({ json, binary: binary[index] }))] },
							source: null,
						},
					],
				},
			}),
		);
		const running = execution.processRunExecutionData(workflow);
		stop?.addEventListener('abort', () => running.cancel());
		const { data } = await running;
		const [task] = data.resultData.runData.Videograph ?? [];
		if (this.checkSecrets) {
			refuseSecrets(credential, JSON.stringify(data), 'What n8n stores');
			refuseSecrets(credential, data, 'An error or an item of the run');
			refuseSecrets(credential, logged.splice(0), "n8n's log");
		}
		return {
			items: task?.data?.main?.[0] ?? [],
			hints: (task?.hints ?? []).map(({ message }) => message),
			errorItems: task?.data?.main?.[1] ?? [],
			error: data.resultData.error as StoredError | undefined,
			get stored() {
				return JSON.stringify(data);
			},
		};
	}

	/** The list of a resource locator for a search text. */
	async listSearch(
		method: string,
		credential: ICredentialDataDecryptedObject,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const context = this.loadOptionsContext(this.node({}), credential);
		const search = this.videograph.methods?.listSearch?.[method];
		if (!search) throw new Error(`no list search ${method}`);
		return await search.call(context, filter, paginationToken).catch((error: unknown) => {
			refuseSecrets(credential, error, 'The error of the list');
			throw error;
		});
	}

	/** The entries of a list of options. */
	async loadOptions(
		nodeName: string,
		method: string,
		credential: ICredentialDataDecryptedObject,
	): Promise<INodePropertyOptions[]> {
		const type = `${PACKAGE}.${nodeName}`;
		const context = this.loadOptionsContext({ ...this.node({}), type }, credential);
		const load = this.ofPackage(nodeName).methods?.loadOptions?.[method];
		if (!load) throw new Error(`no list ${method}`);
		return await load.call(context);
	}

	private loadOptionsContext(node: INode, credential: ICredentialDataDecryptedObject): LoadOptionsContext {
		const workflow = new Workflow({
			id: 'w',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: this.nodeTypes,
		});
		return new LoadOptionsContext(workflow, node, this.additionalData(credential), '');
	}

	/** Runs the credential's own test as the server does: as the only property of a declarative node. */
	async testCredential(credential: ICredentialDataDecryptedObject): Promise<string> {
		const { type } = this.loader.getCredential('videographApi');
		if (!type.test) throw new Error('the credential has no test');
		const tester = {
			description: {
				...start.description,
				name: 'tester',
				inputs: ['main'],
				credentials: [{ name: type.name, required: true }],
				properties: [
					{ displayName: 'Test', name: 'test', type: 'string', default: '', routing: { request: type.test.request } },
				],
			},
		} as INodeType;
		this.extra = tester;
		const { error } = await this.run({ parameters: {}, credential, node: { type: 'test.tester' } });
		return error?.message ?? 'OK';
	}

	/**
	 * Runs the node as a tool of an agent, as n8n does for a node with usableAsTool.
	 *
	 * @param parameters with $fromAI for the fields that the agent fills in
	 * @returns the tool's name and arguments, and the result of the call: text, or the message of its error
	 */
	async callTool(
		parameters: INodeParameters,
		credential: ICredentialDataDecryptedObject,
		args: Record<string, unknown>,
		node: Partial<INode> = {},
	): Promise<{ name: string; parameters: string[]; answer: string }> {
		const found = await this.tool(parameters, credential, node);
		const answer = await found.invoke(args).catch((error: unknown) => {
			refuseSecrets(credential, error, 'The error of the tool');
			return (error as Error).message;
		});
		refuseSecrets(credential, answer, 'The answer of the tool');
		return { name: found.name, parameters: Object.keys(found.schema.shape), answer };
	}

	/** What the model of an agent reads of the node as a tool: the description of each field that it has to fill in. */
	async toolSchema(
		parameters: INodeParameters,
		credential: ICredentialDataDecryptedObject,
	): Promise<Record<string, string>> {
		const { schema } = await this.tool(parameters, credential);
		const required = Object.entries(schema.shape).filter(([, field]) => !field.isOptional());
		return Object.fromEntries(required.map(([name, { description = '' }]) => [name, description]));
	}

	private async tool(
		parameters: INodeParameters,
		credential: ICredentialDataDecryptedObject,
		node: Partial<INode> = {},
	): Promise<Tool> {
		const { description } = this.videograph;
		// Like n8n: a tool is the same node with another description.
		this.extra = Object.create(this.videograph, {
			description: { value: { ...description, inputs: [], outputs: ['ai_tool'] } },
		}) as INodeType;
		const tool = { ...this.node(parameters), ...node, name: 'Cut clip', type: 'test.videographTool' };
		const agent: INode = { ...this.node({}), id: '3', name: 'Agent', type: 'test.agent' };
		const connections = { 'Cut clip': { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] } };
		const workflow = new Workflow({ nodes: [tool, agent], connections, active: false, nodeTypes: this.nodeTypes });
		const source = { node: agent, data: { main: [[{ json: {} }]] }, source: null };
		const additionalData = this.additionalData(credential);
		const context = new ExecuteContext(
			workflow,
			agent,
			additionalData,
			'manual',
			createRunExecutionData(),
			0,
			[{ json: {} }],
			source.data,
			source,
			[],
		);
		const [found] = (await context.getInputConnectionData('ai_tool', 0)) as Tool[];
		if (!found) throw new Error('the agent has no tool');
		return found;
	}

	/** A node of another package: its type starts with `test.`, or is n8n's HTTP Request. */
	extra: INodeType | undefined;

	private get videograph(): INodeType {
		return this.ofPackage('videograph');
	}

	private ofPackage(name: string): INodeType {
		return NodeHelpers.getVersionedNodeType(this.loader.getNode(name).type);
	}

	readonly nodeTypes: INodeTypes = {
		getByName: (name) => this.nodeType(name),
		getByNameAndVersion: (name) => this.nodeType(name),
		getKnownTypes: () => ({}),
	};

	private nodeType(name: string): INodeType {
		if (name === 'n8n-nodes-base.manualTrigger') return start;
		if (name === 'test.agent') return agent;
		if (/^(test\.|n8n-nodes-base\.httpRequest$)/.test(name) && this.extra) return this.extra;
		return this.ofPackage(name.replace(`${PACKAGE}.`, ''));
	}

	private node(parameters: INodeParameters): INode {
		return {
			id: '2',
			name: 'Videograph',
			type: `${PACKAGE}.videograph`,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { videographApi: { id: '1', name: 'Videograph' } },
		};
	}

	/** The additional data of an execution. */
	additionalData(credential: ICredentialDataDecryptedObject, hooks?: unknown): IWorkflowExecuteAdditionalData {
		const url = 'http://localhost:5678';
		return {
			credentialsHelper: new Credentials(this.loader, credential),
			hooks,
			executionId: String(++executions),
			currentNodeExecutionIndex: 0,
			restApiUrl: url,
			instanceBaseUrl: url,
			formWaitingBaseUrl: url,
			webhookBaseUrl: url,
			webhookWaitingBaseUrl: url,
			webhookTestBaseUrl: url,
			variables: {},
			setExecutionStatus: () => undefined,
			sendDataToUI: () => undefined,
			logAiEvent: () => undefined,
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}
