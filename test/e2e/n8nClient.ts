import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeTypeDescription } from 'n8n-workflow';

/** Talks to an n8n server as its editor does, over the editor's REST API; executions are read over the public API. */

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	onError?: string;
	credentials?: Record<string, { id: string; name: string }>;
}

export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings: Record<string, unknown>;
}

export interface Workflow extends WorkflowFile {
	id: string;
	versionId: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

export interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
}

export interface Execution {
	id: string;
	status: string;
	customData: Record<string, string>;
	data: {
		resultData: {
			error?: { message: string };
			runData: Record<string, Array<{ data?: { main: Array<Item[] | null> } }>>;
		};
	};
}

export interface WebhookAnswer {
	status: number;
	body: unknown;
}

const WEBHOOK_APPEARS_MS = 30_000;
const RUN_ENDS_MS = 30_000;

export class N8nClient {
	private cookie = '';
	private apiKey: string | undefined;

	constructor(readonly url: string) {}

	/** While it starts, n8n already reports that it is ready and serves the editor's page at the REST paths. */
	async isReady(): Promise<boolean> {
		try {
			const { headers } = await fetch(`${this.url}/rest/settings`);
			return headers.get('content-type')?.includes('application/json') === true;
		} catch {
			return false;
		}
	}

	/** Makes the server's owner and logs in. */
	async setUpOwner(): Promise<{ email: string; password: string }> {
		const email = 'demo@example.com';
		// n8n asks for a capital letter and a digit.
		const password = `${randomBytes(9).toString('base64url')}A1`;
		await this.post('/rest/owner/setup', { email, firstName: 'Demo', lastName: 'Owner', password });
		await this.post('/rest/login', { emailOrLdapLoginId: email, password });
		return { email, password };
	}

	/** The nodes as the editor and the AI builder get them. */
	nodeTypes(): Promise<INodeTypeDescription[]> {
		return this.request('GET', '/types/nodes.json');
	}

	async nodeTypeNames(): Promise<string[]> {
		return (await this.nodeTypes()).map(({ name }) => name);
	}

	createCredential(name: string, type: string, data: Record<string, string | boolean>): Promise<Credential> {
		return this.post('/rest/credentials', { name, type, data });
	}

	testCredential(
		{ id, name, type }: Credential,
		data: Record<string, string>,
	): Promise<{ status: string; message: string }> {
		return this.post('/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	importWorkflow(workflow: WorkflowFile): Promise<Workflow> {
		return this.post('/rest/workflows', workflow);
	}

	/** Returns before the webhooks are there; `callWebhook` waits for them. */
	async activate({ id, versionId }: Workflow): Promise<void> {
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
	}

	/**
	 * Runs a workflow by hand from one of its triggers, as Execute workflow does.
	 *
	 * @param item the item that the trigger emits, instead of polling
	 */
	async run({ id }: Workflow, trigger: string, item?: Record<string, unknown>): Promise<Execution> {
		const given = { main: [[{ json: item }]] };
		const task = {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			source: [],
			executionStatus: 'success',
			data: given,
		};
		const { executionId } = await this.post<{ executionId: string }>(`/rest/workflows/${id}/run`, {
			// Older versions run the sent workflow, newer ones the stored one.
			workflowData: await this.request('GET', `/rest/workflows/${id}`),
			triggerToStartFrom: { name: trigger, ...(item && { data: task }) },
		});
		return this.finished({ id }, executionId);
	}

	webhookUrl(path: string): string {
		return `${this.url}/webhook/${path}`;
	}

	/** @param signal ends the call, as a sender does who waits no longer */
	async callWebhook(path: string, body: unknown, signal?: AbortSignal): Promise<WebhookAnswer> {
		const response = await this.webhookResponse(path, body, signal);
		return { status: response.status, body: parsed(await response.text()) };
	}

	/** Calls a webhook that responds with a file. @throws {Error} if it responds with an error */
	async fileFromWebhook(path: string, body: unknown): Promise<Buffer> {
		const response = await this.webhookResponse(path, body);
		if (!response.ok) throw new Error(`The webhook answered with ${response.status}: ${await response.text()}`);
		return Buffer.from(await response.arrayBuffer());
	}

	private async webhookResponse(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
		const deadline = Date.now() + WEBHOOK_APPEARS_MS;
		for (;;) {
			const response = await fetch(this.webhookUrl(path), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
				signal,
			});
			const isMissing = response.status === 404 && (await response.clone().text()).includes('not registered');
			if (!isMissing || Date.now() > deadline) return response;
			await sleep(200);
		}
	}

	/** The newest 250 runs of a workflow with all of their data, newest first. */
	async executions({ id }: Pick<Workflow, 'id'>): Promise<Execution[]> {
		return await this.storedRuns({ workflowId: id, limit: '250' });
	}

	/** The newest 250 runs of all workflows, with all of their data. */
	async allExecutions(): Promise<Execution[]> {
		return await this.storedRuns({ limit: '250' });
	}

	/** The newest 250 runs of a workflow that have not ended, with the data of their trigger, newest first. */
	async runningExecutions({ id }: Pick<Workflow, 'id'>): Promise<Execution[]> {
		return await this.storedRuns({ workflowId: id, status: 'running', limit: '250' });
	}

	/** Stops an execution, as its Stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.post(`/rest/executions/${executionId}/stop`, {});
	}

	private async storedRuns(which: Record<string, string>): Promise<Execution[]> {
		this.apiKey ??= await this.createApiKey();
		const query = new URLSearchParams({ ...which, includeData: 'true' });
		const path = `/api/v1/executions?${query.toString()}`;
		return this.request('GET', path, undefined, { 'X-N8N-API-KEY': this.apiKey });
	}

	private async finished(workflow: Pick<Workflow, 'id'>, executionId: string): Promise<Execution> {
		const deadline = Date.now() + RUN_ENDS_MS;
		for (;;) {
			const execution = (await this.executions(workflow)).find(({ id }) => id === executionId);
			if (execution && !['new', 'running', 'waiting'].includes(execution.status)) return execution;
			if (Date.now() > deadline)
				throw new Error(`Run ${executionId} has not ended: ${execution?.status ?? 'it is not there'}`);
			await sleep(200);
		}
	}

	private async createApiKey(): Promise<string> {
		const scopes = ['execution:list', 'execution:read'];
		const { rawApiKey } = await this.post<{ rawApiKey: string }>('/rest/api-keys', {
			label: 'Reads executions',
			scopes,
			expiresAt: null,
		});
		return rawApiKey;
	}

	private post<T>(path: string, body: unknown): Promise<T> {
		return this.request('POST', path, body);
	}

	private async request<T>(
		method: string,
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<T> {
		const response = await fetch(this.url + path, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.cookie, ...headers },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${method} ${path} with ${response.status}: ${text.slice(0, 500)}`);
		const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';', 1)[0] ?? '';
		const answer = JSON.parse(text) as { data?: T } & T;
		return answer.data ?? answer;
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
