import { PollContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { Engine } from './engine';

/** What n8n does after a poll. */
export interface Polled {
	/** The items of the execution that it starts; undefined: none. */
	items: IDataObject[] | undefined;
}

/**
 * n8n with one active workflow that starts with the Videograph Trigger. Like n8n, it holds static data in memory, and
 * persists it when the workflow is activated and when it runs: a crash loses later changes.
 */
export class Poller {
	private workflow: Workflow | undefined;
	private saved: IDataObject = {};

	constructor(
		private readonly engine: Engine,
		private readonly credential: ICredentialDataDecryptedObject,
		public parameters: INodeParameters,
	) {}

	/** Publishes the workflow, or restarts n8n. After an error the workflow is inactive. */
	async activate(): Promise<Polled> {
		this.workflow = undefined;
		const workflow = this.load();
		const polled = await this.poll(workflow);
		this.workflow = workflow;
		this.save(workflow);
		return polled;
	}

	/** The schedule's next poll. */
	async poll(workflow = this.workflow): Promise<Polled> {
		if (!workflow) throw new Error('the workflow is not active');
		const items = await this.call(workflow, 'trigger');
		if (items) this.save(workflow);
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
		const staticData = JSON.parse(JSON.stringify(this.saved)) as IDataObject;
		const { nodeTypes } = this.engine;
		return new Workflow({ id: 'w', nodes: [this.node], connections: {}, active: true, nodeTypes, staticData });
	}

	private save({ staticData }: Workflow): void {
		this.saved = JSON.parse(JSON.stringify(staticData)) as IDataObject;
	}

	private async call(workflow: Workflow, mode: 'trigger' | 'manual'): Promise<IDataObject[] | undefined> {
		const node = workflow.getNode(this.node.name);
		if (!node) throw new Error('the workflow has no trigger');
		const context = new PollContext(workflow, node, this.engine.additionalData(this.credential), mode, 'activate');
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
