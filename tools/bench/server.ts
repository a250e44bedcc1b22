import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { VIDEOGRAPH_NODE } from '../../test/e2e/harness';
import { installPackage } from '../../test/e2e/installPackage';
import { type N8n, startN8n } from '../../test/e2e/n8n';
import type { Credential } from '../../test/e2e/n8nClient';
import type { Runtime } from '../../test/e2e/runtime';
import type { ApiLogin } from './api';
import { HTTP_REQUEST_VERSION, httpRequestParameters } from './candidates';
import { median, percentile, ratio } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

/** Callers at once. */
const CALLERS = 3;
const NAMES = ['this node', 'HTTP Request'] as const;
type Name = (typeof NAMES)[number];
const PATHS: Record<Name, string> = { 'this node': 'with-videograph', 'HTTP Request': 'with-http-request' };

const FROM_CALL = {
	title: '={{ $json.body.title }}',
	startTime: '={{ $json.body.startTime }}',
	endTime: '={{ $json.body.endTime }}',
};

/** How long a caller of a webhook waits for its clip, in a real n8n. */
export async function server(bench: Bench, runtime: Runtime): Promise<Report> {
	const { api, scale, log } = bench;
	const login = await api.restart();
	log('Server: starting n8n');
	const n8n = await startN8n({ runtime, prepare: installPackage });
	try {
		await prepare(n8n, login);
		for (const name of NAMES) await callOften(n8n, name, scale.calls);
		const measured = await inRounds(bench, 'Server', NAMES, async (name) => await callOften(n8n, name, scale.calls));
		const of = (name: Name, key: 'p50' | 'p95' | 'perSecond'): number[] => measured[name].map((one) => one[key]);
		const beside = (key: 'p50' | 'p95'): number => ratio(of('this node', key), of('HTTP Request', key));
		const title = `Webhook to clip in n8n ${runtime.version}`;
		return {
			tables: [
				{
					title: 'In a real n8n',
					about:
						`A webhook that creates a clip and responds, in n8n ${runtime.version} with its database and an API that responds at once: ${CALLERS} callers, ` +
						`${scale.calls} calls per round after as many to warm up. The HTTP Request node uses the same credentials.`,
					columns: ['calls/s', 'p50 ms', 'of this node', 'p95 ms', 'of this node'],
					rows: NAMES.map((name) => [
						name,
						median(of(name, 'perSecond')),
						median(of(name, 'p50')),
						ratio(of(name, 'p50'), of('this node', 'p50')),
						median(of(name, 'p95')),
						ratio(of(name, 'p95'), of('this node', 'p95')),
					]),
				},
			],
			targets: [
				{ what: `${title}: p50 compared with the HTTP Request node`, value: beside('p50'), limit: { most: 1.05 } },
				{ what: `${title}: p95 compared with the HTTP Request node`, value: beside('p95'), limit: { most: 1.15 } },
			],
			charts: [
				{ title: `${title}, p50`, unit: 'ms', bars: NAMES.map((name) => ({ name, value: median(of(name, 'p50')) })) },
			],
		};
	} finally {
		await n8n.stop();
	}
}

async function prepare({ client }: N8n, login: ApiLogin): Promise<void> {
	await client.setUpOwner();
	const { accessTokenId, secretKey, baseUrl } = login;
	const credential = await client.createCredential('Videograph', 'videographApi', {
		accessTokenId,
		secretKey,
		baseUrl,
	});
	for (const name of NAMES) {
		await client.activate(await client.importWorkflow(clipWorkflow(name, PATHS[name], login, credential)));
		const { status, body } = await client.callWebhook(PATHS[name], { title: 'Goal', ...halfMinute() });
		if (status !== 200) throw new Error(`${name}: the webhook answered ${status} ${JSON.stringify(body)}`);
	}
}

/** The times of a clip: until a minute ago. */
export function halfMinute(): { startTime: number; endTime: number } {
	const endTime = Math.floor(Date.now() / 1000) - 60;
	return { startTime: endTime - 30, endTime };
}

/**
 * A webhook that creates a clip and responds with it.
 *
 * @param settings of the node that creates it
 * @param parameters of this node only
 */
export function clipWorkflow(
	name: Name,
	path: string,
	{ clipsUrl, streamId }: ApiLogin,
	credential: Credential,
	settings: object = {},
	parameters: object = {},
) {
	const webhook = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
		webhookId: randomUUID(),
	};
	const ours = {
		type: VIDEOGRAPH_NODE,
		typeVersion: 1,
		parameters: {
			resource: 'clip',
			operation: 'create',
			streamId: { __rl: true, mode: 'id', value: streamId },
			timeRange: 'startEnd',
			...FROM_CALL,
			...parameters,
		},
	};
	const theirs = {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: HTTP_REQUEST_VERSION,
		parameters: httpRequestParameters(clipsUrl, FROM_CALL),
	};
	const clip = {
		...(name === 'this node' ? ours : theirs),
		...settings,
		id: 'clip',
		name: 'Clip',
		position: [200, 0],
		credentials: { [credential.type]: credential },
	};
	const connections = { Webhook: { main: [[{ node: 'Clip', type: 'main', index: 0 }]] } };
	return { name, nodes: [webhook, clip], connections, settings: {} };
}

async function callOften(
	{ client }: N8n,
	name: Name,
	amount: number,
): Promise<{ p50: number; p95: number; perSecond: number }> {
	const times: number[] = [];
	const started = performance.now();
	const options: autocannon.Options = {
		url: client.webhookUrl(PATHS[name]),
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ title: 'Goal', ...halfMinute() }),
		connections: CALLERS,
		amount,
	};
	const refused: number[] = [];
	await new Promise<void>((resolve, reject) => {
		const running = autocannon(options, (error: Error | null) => {
			if (error) reject(error);
			else resolve();
		});
		running.on('response', (_client, status, _bytes, milliseconds) => {
			if (status !== 200) refused.push(status);
			times.push(milliseconds);
		});
	});
	if (refused.length > 0) throw new Error(`${name}: the webhook answered ${refused.join(', ')}`);
	const seconds = (performance.now() - started) / 1000;
	return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), perSecond: amount / seconds };
}
