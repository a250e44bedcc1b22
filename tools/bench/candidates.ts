import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import axios from 'axios';
import type { INodeParameters, INodeType, IVersionedNodeType } from 'n8n-workflow';
import type { Engine, Run } from '../../test/engine/engine';
import type { ApiLogin } from './api';
import { perItem } from './perItem';
import { helperNode, inPool } from './pooled';

/** What makes the clips. */
export type Candidate =
	| 'this node'
	| 'HTTP Request'
	| 'HTTP Request, in batches'
	| 'one item after the other'
	| "n8n's helper"
	| "n8n's helper, asked to keep connections"
	| 'axios'
	| 'axios, keeping connections';

/** Clips to make. */
export interface Job {
	candidate: Candidate;
	api: ApiLogin;
	count: number;
	/** The maximum number of concurrent requests, if the candidate has such a setting. */
	atOnce: number;
	/** For the HTTP Request node: between two batches. */
	batchMs: number;
	/** Whether to wait until the clips are ready. */
	wait?: boolean;
	/** Whether items that fail are to become items with an error, or the whole node is to be tried again, as often. */
	onFailure?: 'continue' | { tries: number };
}

export interface Outcome {
	made: number;
	failed: number;
}

/** Runs a job on n8n's engine, or without it. */
export async function runJob(engine: Engine, job: Job): Promise<Outcome> {
	const items = inputOf(job.count);
	if (job.candidate === 'axios' || job.candidate === 'axios, keeping connections') return await bare(job, items);
	const { node, extra, parameters } = nodeOf(job);
	engine.extra = extra;
	const { onFailure } = job;
	const { items: output, error } = await engine.run({
		parameters,
		node: {
			...node,
			...(onFailure === 'continue' && { onError: 'continueRegularOutput' }),
			...(typeof onFailure === 'object' && { retryOnFail: true, maxTries: onFailure.tries, waitBetweenTries: 1000 }),
		},
		credential: { ...job.api },
		input: items,
	});
	if (error && onFailure === undefined)
		throw new Error(`${job.candidate}: ${error.message} ${error.description ?? ''}`);
	const made = output.filter(({ json }) => json.error === undefined).length;
	return { made, failed: job.count - made };
}

/** What comes in: half minutes of the last half hour, each with a title of its own. */
function inputOf(count: number): Array<{ title: string; startTime: number; endTime: number }> {
	const now = Math.floor(Date.now() / 1000) - 60;
	return Array.from({ length: count }, (_, index) => {
		const endTime = now - (index % 1800);
		return { title: `Goal ${index}`, startTime: endTime - 30, endTime };
	});
}

const FROM_ITEM = { title: '={{ $json.title }}', startTime: '={{ $json.startTime }}', endTime: '={{ $json.endTime }}' };

function nodeOf(job: Job): Pick<Run, 'node' | 'parameters'> & { extra?: INodeType } {
	const { candidate, api, atOnce, wait = false } = job;
	const url = api.clipsUrl;
	switch (candidate) {
		case 'this node':
			return {
				parameters: {
					resource: 'clip',
					operation: 'create',
					streamId: { __rl: true, mode: 'id', value: api.streamId },
					timeRange: 'startEnd',
					...FROM_ITEM,
					...(wait && { waitUntilReady: true }),
					options: { concurrency: atOnce },
				},
			};
		case 'HTTP Request':
			return httpRequest(url);
		case 'HTTP Request, in batches':
			return httpRequest(url, { batch: { batchSize: atOnce, batchInterval: job.batchMs } });
		case 'one item after the other':
			return { node: { type: 'test.perItem' }, extra: perItem, parameters: { url, ...FROM_ITEM, wait } };
		case "n8n's helper":
			return { node: { type: 'test.helper' }, extra: helperNode(url, atOnce), parameters: {} };
		case "n8n's helper, asked to keep connections":
			return { node: { type: 'test.helper' }, extra: helperNode(url, atOnce, { keepAlive: true }), parameters: {} };
		default:
			throw new Error(`${candidate} is no node`);
	}
}

/** The newest in n8n 2.41. */
export const HTTP_REQUEST_VERSION = 4.5;

/** n8n's own node, set up for such a request: with body fields and the credentials. */
function httpRequest(url: string, batching?: INodeParameters): ReturnType<typeof nodeOf> {
	return {
		node: { type: 'n8n-nodes-base.httpRequest', typeVersion: HTTP_REQUEST_VERSION },
		extra: httpRequestNode().getNodeType(HTTP_REQUEST_VERSION),
		parameters: httpRequestParameters(url, FROM_ITEM, batching),
	};
}

export function httpRequestParameters(url: string, fields: Record<string, string>, batching?: INodeParameters) {
	return {
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'videographApi',
		sendBody: true,
		bodyParameters: { parameters: Object.entries(fields).map(([name, value]) => ({ name, value })) },
		options: { ...(batching && { batching }) },
	};
}

let loaded: IVersionedNodeType | undefined;

/** It is there where an installed n8n is, see home.ts. */
function httpRequestNode(): IVersionedNodeType {
	const file = 'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js';
	loaded ??= new (createRequire(__filename)(file) as { HttpRequest: new () => IVersionedNodeType }).HttpRequest();
	return loaded;
}

/** Requests without n8n. */
async function bare({ candidate, api, atOnce }: Job, items: object[]): Promise<Outcome> {
	const httpAgent = new Agent({ keepAlive: candidate === 'axios, keeping connections' });
	const auth = { username: api.accessTokenId, password: api.secretKey };
	const answers: unknown[] = [];
	await inPool(items, atOnce, async (body) => {
		answers.push((await axios.post<unknown>(api.clipsUrl, body, { httpAgent, auth })).data);
	});
	httpAgent.destroy();
	return { made: answers.length, failed: 0 };
}
