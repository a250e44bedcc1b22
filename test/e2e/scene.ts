import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPackage } from './installPackage';
import { startN8n, type N8n } from './n8n';
import type { Credential, Workflow, WorkflowFile, WorkflowNode } from './n8nClient';
import { step, type Log } from './progress';
import { projectRoot } from './project';
import { ensureRuntime } from './runtime';
import type { Service } from './service';

const PACKAGE = 'n8n-nodes-videograph';
export const VIDEOGRAPH_NODE = `${PACKAGE}.videograph`;

/** An n8n with the packed project in it and a Videograph credential. */
export interface Scene {
	n8n: N8n;
	owner: { email: string; password: string };
	credential: Credential;
}

export async function openScene(service: Service, log: Log, env?: NodeJS.ProcessEnv): Promise<Scene> {
	const runtime = await ensureRuntime(log);
	const start = (): Promise<N8n> => startN8n({ runtime, prepare: installPackage, env });
	const title = `Starting n8n ${runtime.version} with the packed package in it`;
	const n8n = await step(log, title, start, '10 to 20 seconds');
	try {
		const owner = await n8n.client.setUpOwner();
		const credential = await n8n.client.createCredential('Videograph', 'videographApi', service.credential);
		return { n8n, owner, credential };
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

/** What a user changes in an example before it runs. */
export interface Changes {
	/** The name of its file. */
	example?: string;
	/** Of its webhook, where it is to differ from the example's; two workflows cannot have the same. */
	path?: string;
	timezone?: string;
	/** The ID of the workflow that is told of failures. */
	errorWorkflow?: string;
	/** What is changed of a node, by its name; parameters that are not named stay. */
	nodes?: Record<string, Partial<WorkflowNode>>;
	/** Whether it is to run by itself. */
	active?: boolean;
}

/** Imports an example of workflows/, as a user does who picks the credential in it, and activates it. */
export async function addWorkflow({ n8n, credential }: Scene, changes: Changes = {}): Promise<Workflow> {
	const { example = 'webhook-to-clip', path, timezone, errorWorkflow, nodes: changed = {}, active = true } = changes;
	const file = join(projectRoot, 'workflows', `${example}.json`);
	const { name, nodes, connections, settings } = JSON.parse(await readFile(file, 'utf8')) as WorkflowFile;
	for (const node of nodes) {
		if (node.type.startsWith(`${PACKAGE}.`)) node.credentials = { [credential.type]: credential };
		if (path !== undefined && node.type === 'n8n-nodes-base.webhook') node.parameters.path = path;
		const { parameters, ...more } = changed[node.name] ?? {};
		Object.assign(node, more, { parameters: { ...node.parameters, ...parameters } });
	}
	const chosenSettings = { ...settings, ...(timezone && { timezone }), ...(errorWorkflow && { errorWorkflow }) };
	const workflow = await n8n.client.importWorkflow({ name, nodes, connections, settings: chosenSettings });
	if (active) await n8n.client.activate(workflow);
	return workflow;
}

/** What a scoreboard sends right after a goal: the last 30 seconds. */
export function goal(streamId: string): { streamId: string; title: string; startTime: string; endTime: string } {
	const end = Math.floor(Date.now() / 1000) * 1000;
	return {
		streamId,
		title: 'Goal 1:0',
		startTime: new Date(end - 30_000).toISOString(),
		endTime: new Date(end).toISOString(),
	};
}
