import { PollContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import type { Engine } from './engine';

/** What a poll made n8n do. */
export interface Polled {
	/** The items of the run that it started; undefined: it started none. */
	items: IDataObject[] | undefined;
}

/**
 * n8n with one active workflow that begins with the Videograph Trigger. As n8n does, it keeps what the trigger remembers
 * in memory, and saves it when the workflow is activated and when it runs: a crash loses the rest.
 */
export class Poller {
	private workflow: Workflow | undefined;
	private saved: IDataObject = {};

	constructor(
		private readonly engine: Engine,
		private readonly credential: ICredentialDataDecryptedObject,
		public parameters: INodeParameters,
	) {}

	/** Publishes the workflow, or starts n8n anew; an error leaves it inactive. */
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

	/** What Fetch Test Event shows. */
	async test(): Promise<IDataObject[]> {
		return (await this.call(this.load(), 'manual')) ?? [];
	}

	/** What n8n would find of the trigger's memory after a crash, in characters. */
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
