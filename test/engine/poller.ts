import { join } from 'node:path';
import { PollContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { Engine } from './engine';

/** What n8n does after a poll. */
export interface Polled {
	/** The items of the execution that it starts; undefined: none. */
	items: IDataObject[] | undefined;
}

/** How n8n stores the state of the trigger between polls. */
export interface PollerOptions {
	/**
	 * `staticData`: in memory; persisted when the workflow is activated and when it runs, so that a crash loses later
	 * changes. `cursor`: each poll gets a copy of what is persisted, and its changes are persisted unless it fails, as
	 * with N8N_POLLER_DURABLE_CURSORS_ENABLED.
	 */
	storage: 'staticData' | 'cursor';
	/** How long a poll may take, in milliseconds; undefined: as in versions of n8n without a limit. */
	budgetMs?: number;
}

/** n8n with one active workflow that starts with the Videograph Trigger. */
export class Poller {
	private workflow: Workflow | undefined;
	private saved: IDataObject = {};

	constructor(
		private readonly engine: Engine,
		private readonly credential: ICredentialDataDecryptedObject,
		public parameters: INodeParameters,
		public options: PollerOptions = { storage: 'staticData' },
	) {}

	/** Publishes the workflow. After an error it is inactive. */
	async activate(): Promise<Polled> {
		this.workflow = undefined;
		const workflow = this.load();
		const polled = await this.poll(workflow);
		this.workflow = workflow;
		if (this.options.storage === 'staticData') this.save(workflow.staticData);
		return polled;
	}

	/** Starts another process of n8n, which activates the workflow. */
	async restart(): Promise<Polled> {
		forgetPolls();
		return await this.activate();
	}

	/** The schedule's next poll. */
	async poll(workflow = this.workflow): Promise<Polled> {
		if (!workflow) throw new Error('the workflow is not active');
		if (this.options.storage === 'staticData') {
			const items = await this.call(workflow, 'trigger');
			if (items) this.save(workflow.staticData);
			return { items };
		}
		const cursor = copyOf(this.saved);
		const items = await this.call(workflow, 'trigger', cursor);
		this.save(cursor);
		return { items };
	}

	/** The items of Fetch Test Event. */
	async test(): Promise<IDataObject[]> {
		return (await this.call(this.load(), 'manual')) ?? [];
	}

	/** The size of the persisted static data, in characters. */
	get savedSize(): number {
		return JSON.stringify(this.saved).length;
	}

	private load(): Workflow {
		const staticData = copyOf(this.options.storage === 'staticData' ? this.saved : {});
		const { nodeTypes } = this.engine;
		return new Workflow({ id: 'w', nodes: [this.node], connections: {}, active: true, nodeTypes, staticData });
	}

	private save(state: IDataObject): void {
		this.saved = copyOf(state);
	}

	private async call(
		workflow: Workflow,
		mode: 'trigger' | 'manual',
		cursor?: IDataObject,
	): Promise<IDataObject[] | undefined> {
		const node = workflow.getNode(this.node.name);
		if (!node) throw new Error('the workflow has no trigger');
		const { budgetMs } = this.options;
		const data = this.engine.additionalData(this.credential);
		const context = new PollContext(workflow, node, data, mode, 'activate');
		Object.assign(context, { getPollBudgetMs: budgetMs === undefined ? undefined : () => budgetMs });
		if (cursor) Object.assign(context, { getWorkflowStaticData: () => cursor });
		const output = await this.engine.nodeTypes.getByNameAndVersion(node.type, 1).poll?.call(context);
		return output?.[0]?.map(({ json }) => json);
	}

	private get node(): INode {
		return {
			id: '1',
			name: 'Videograph Trigger',
			type: 'n8n-nodes-videograph.videographTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: this.parameters,
			credentials: { videographApi: { id: '1', name: 'Videograph' } },
		};
	}
}

function copyOf(state: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(state)) as IDataObject;
}

/** Empties the process memory of the trigger: that of the built package, as n8n loads it. */
export function forgetPolls(): void {
	const path = join(__dirname, '../../../dist/nodes/Videograph/trigger/poll.js');
	const { lastPolls } = jest.requireActual<typeof import('../../nodes/Videograph/trigger/poll')>(path);
	lastPolls.clear();
}
