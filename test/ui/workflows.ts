import { VIDEOGRAPH_NODE } from '../e2e/harness';
import type { Credential, WorkflowFile, WorkflowNode } from '../e2e/n8nClient';
import { DERBY } from './stage';

/** Gives the credential to each Videograph node, as a person does who picks it there. */
export function withCredential(nodes: WorkflowNode[], credential: Credential): WorkflowNode[] {
	const isVideograph = ({ type }: WorkflowNode): boolean => type.startsWith(VIDEOGRAPH_NODE);
	return nodes.map((node) => (isVideograph(node) ? { ...node, credentials: { [credential.type]: credential } } : node));
}

/**
 * A manual trigger, then Create clip of the last 30 seconds of the derby, then another node.
 *
 * @param parameters further parameters of Create clip
 */
export function clipWorkflow(
	name: string,
	credential: Credential,
	parameters: Record<string, unknown> = {},
): WorkflowFile {
	const streamId = { __rl: true, mode: 'list', value: DERBY.id, cachedResultName: `${DERBY.title} (live)` };
	const nodes = [
		node('Manual', 'n8n-nodes-base.manualTrigger', 0, { typeVersion: 1 }),
		node('Create clip', VIDEOGRAPH_NODE, 1, {
			typeVersion: 1,
			parameters: {
				resource: 'clip',
				operation: 'create',
				streamId,
				title: 'Goal 1:0 by Ada',
				timeRange: 'lastSeconds',
				...parameters,
			},
		}),
		node('Edit Fields', 'n8n-nodes-base.set', 2, { typeVersion: 3.4 }),
	];
	return workflow(name, withCredential(nodes, credential));
}

/** An AI agent that a chat message starts, without tools. */
export function agentWorkflow(name: string): WorkflowFile {
	const nodes = [
		node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', 0, {
			typeVersion: 1.1,
			webhookId: '7d1f3c5b-videograph-agent',
		}),
		node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 1, { typeVersion: 2 }),
	];
	return workflow(name, nodes);
}

function node(
	name: string,
	type: string,
	place: number,
	rest: { typeVersion: number; parameters?: Record<string, unknown>; webhookId?: string },
) {
	return { id: name, name, type, position: [place * 220, 0], parameters: {}, ...rest };
}

/** Connects each node with the next. */
function workflow(name: string, nodes: WorkflowNode[]): WorkflowFile {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((next, before) => [nodes[before]?.name ?? '', { main: [[{ node: next.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
