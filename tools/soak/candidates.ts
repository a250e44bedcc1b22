import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { basePath } from '../../test/contract/openapi';
import { addWorkflow } from '../../test/e2e/harness';
import type { N8n } from '../../test/e2e/n8n';
import type { WorkflowFile } from '../../test/e2e/n8nClient';
import { projectRoot } from '../../test/e2e/project';
import type { Service } from '../../test/e2e/service';

/** A way to make a clip from a webhook call. */
export interface Candidate {
	name: string;
	/** Puts the workflow into an n8n. */
	add: (n8n: N8n, service: Service) => Promise<void>;
}

export const thisNode: Candidate = {
	name: 'this node',
	async add(n8n, { credential: data }) {
		const credential = await n8n.client.createCredential('Videograph', 'videographApi', data);
		await addWorkflow({ n8n, credential });
	},
};

/** The same workflow with n8n's own node in the place of this one: it shows how n8n grows by itself. */
export const httpRequest: Candidate = {
	name: 'HTTP Request',
	async add(n8n, { credential: { accessTokenId, secretKey, baseUrl } }) {
		const login = { user: accessTokenId, password: secretKey };
		const credential = await n8n.client.createCredential('Videograph', 'httpBasicAuth', login);
		const file = join(projectRoot, 'workflows', 'webhook-to-clip.json');
		const { name, nodes, connections, settings } = JSON.parse(await readFile(file, 'utf8')) as WorkflowFile;
		const replaced = nodes.map((node) => {
			if (node.name !== 'Create clip') return node;
			const seconds = (time: string): string => `Date.parse($json.body.${time}) / 1000`;
			const body = `{ title: $json.body.title, startTime: ${seconds('startTime')}, endTime: ${seconds('endTime')} }`;
			return {
				...node,
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					method: 'POST',
					url: `=${baseUrl}${basePath}/livestreams/{{ $json.body.streamId }}/clips`,
					authentication: 'genericCredentialType',
					genericAuthType: 'httpBasicAuth',
					sendBody: true,
					specifyBody: 'json',
					jsonBody: `={{ ${body} }}`,
				},
				credentials: { [credential.type]: credential },
			};
		});
		await n8n.client.activate(await n8n.client.importWorkflow({ name, nodes: replaced, connections, settings }));
	},
};
