import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPackage, packageFolderIn } from './installPackage';
import { type N8n, startN8n } from './n8n';
import type { Credential, Workflow, WorkflowFile, WorkflowNode } from './n8nClient';
import { type Log, step } from './progress';
import { projectRoot } from './project';
import { ensureRuntime } from './runtime';
import type { Service } from './service';

const PACKAGE = 'n8n-nodes-videograph';
export const VIDEOGRAPH_NODE = `${PACKAGE}.videograph`;

/** An n8n with the packed project in it and a Videograph credential. */
export interface Harness {
	n8n: N8n;
	owner: { email: string; password: string };
	credential: Credential;
	/** Where n8n has the package. */
	packageFolder: string;
}

export async function openHarness(service: Service, log: Log, env?: NodeJS.ProcessEnv): Promise<Harness> {
	const runtime = await ensureRuntime(log);
	let packageFolder = '';
	const prepare = async (userFolder: string): Promise<void> => {
		packageFolder = packageFolderIn(userFolder);
		await installPackage(userFolder);
	};
	const start = (): Promise<N8n> => startN8n({ runtime, prepare, env });
	const title = `Starting n8n ${runtime.version} with the packed package in it`;
	const n8n = await step(log, title, start, '10 to 20 seconds');
	try {
		const owner = await n8n.client.setUpOwner();
		const credential = await n8n.client.createCredential('Videograph', 'videographApi', service.credential);
		return { n8n, owner, credential, packageFolder };
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

/** What a user changes in an example before it runs. */
export interface Changes {
	/** The name of its file. */
	example?: string;
	/** The path of its webhook, if different from the example's. Two workflows cannot have the same path. */
	path?: string;
	/** Of the workflow, beside the example's own. */
	settings?: Record<string, unknown>;
	/** What is changed of a node, by its name; parameters that are not named stay. */
	nodes?: Record<string, Partial<WorkflowNode>>;
	/** Whether it is to run by itself. */
	active?: boolean;
}

/** Imports an example of workflows/, as a user does who picks the credential in it, and activates it. */
export async function addWorkflow(
	{ n8n, credential }: Pick<Harness, 'n8n' | 'credential'>,
	{ example = 'webhook-to-clip', path, settings: chosen, nodes: changed = {}, active = true }: Changes = {},
): Promise<Workflow> {
	const file = join(projectRoot, 'workflows', `${example}.json`);
	const { name, nodes, connections, settings } = JSON.parse(await readFile(file, 'utf8')) as WorkflowFile;
	for (const node of nodes) {
		if (node.type.startsWith(`${PACKAGE}.`)) node.credentials = { [credential.type]: credential };
		if (path !== undefined && node.type === 'n8n-nodes-base.webhook') node.parameters.path = path;
		const { parameters, ...more } = changed[node.name] ?? {};
		Object.assign(node, more, { parameters: { ...node.parameters, ...parameters } });
	}
	const workflow = await n8n.client.importWorkflow({ name, nodes, connections, settings: { ...settings, ...chosen } });
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
