import { randomUUID } from 'node:crypto';
import { type Harness, VIDEOGRAPH_NODE } from './harness';

/** A workflow that downloads a video and responds to its caller. */
export interface DownloadWorkflow {
	/** Of its webhook. */
	path: string;
	/** Whether the response is the file, or the item without it. */
	respondsWith: 'file' | 'item';
	/** Parameters of the download beside the video, which the caller names as `contentId`. */
	parameters?: Record<string, unknown>;
}

/** Imports and activates a workflow: a webhook, Download clip, and a response. */
export async function addDownload(
	{ n8n: { client }, credential }: Pick<Harness, 'n8n' | 'credential'>,
	{ path, respondsWith, parameters }: DownloadWorkflow,
): Promise<void> {
	const node = (name: string, type: string, typeVersion: number, given: Record<string, unknown>) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: given,
	});
	const next = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow = {
		name: `Download: ${path}`,
		nodes: [
			{
				...node('Webhook', 'n8n-nodes-base.webhook', 2, {
					httpMethod: 'POST',
					path,
					responseMode: 'responseNode',
					options: {},
				}),
				webhookId: randomUUID(),
			},
			{
				...node('Download clip', VIDEOGRAPH_NODE, 1, {
					resource: 'clip',
					operation: 'download',
					contentId: { __rl: true, mode: 'id', value: '={{ $json.body.contentId }}' },
					waitUntilReady: true,
					...parameters,
				}),
				credentials: { [credential.type]: credential },
			},
			node('Respond', 'n8n-nodes-base.respondToWebhook', 1.1, {
				respondWith: respondsWith === 'file' ? 'binary' : 'firstIncomingItem',
				options: {},
			}),
		],
		connections: { Webhook: next('Download clip'), 'Download clip': next('Respond') },
		settings: {},
	};
	await client.activate(await client.importWorkflow(workflow));
}
