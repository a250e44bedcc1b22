import { setTimeout as sleep } from 'node:timers/promises';
import { callAtOnce } from '../../test/e2e/burst';
import { installPackage } from '../../test/e2e/installPackage';
import { type N8n, startN8n } from '../../test/e2e/n8n';
import type { Runtime } from '../../test/e2e/runtime';
import type { Options } from '../../test/emulator';
import { Api } from './api';
import { shown } from './figures';
import type { Report, Target } from './report';
import type { Bench } from './scale';
import { clipWorkflow, halfMinute } from './server';

const SECOND_MS = 1000;

const WAYS = {
	'this node': { candidate: 'this node' },
	'HTTP Request': { candidate: 'HTTP Request' },
	'HTTP Request, with Retry On Fail': {
		candidate: 'HTTP Request',
		node: { retryOnFail: true, maxTries: 5, waitBetweenTries: 1000 },
	},
} satisfies Record<string, { candidate: 'this node' | 'HTTP Request'; node?: object }>;

type Way = keyof typeof WAYS;

interface Case {
	name: string;
	calls: number;
	rateLimit?: Options['rateLimit'];
	/** Waits until the clips are ready, which takes so many milliseconds. */
	readyAfterMs?: number;
	/** At most so many requests a clip, and so many times the ideal. */
	most?: { requests: number; times: number };
}

const CASES: Case[] = [
	...[
		{ calls: 100, perSecond: 10 },
		{ calls: 30, perSecond: 3 },
		{ calls: 300, perSecond: 50 },
	].flatMap(({ calls, perSecond }): Case[] =>
		[
			{ rateLimit: { perSecond, retryAfter: 1 }, how: 'Retry-After' },
			{ rateLimit: { perSecond, retryAfter: undefined }, how: 'no Retry-After' },
			{ rateLimit: { perSecond, retryAfter: 1, countsRefused: true }, how: 'counts refused requests' },
		].map(({ rateLimit, how }) => ({
			name: `${calls} calls at ${perSecond}/s, ${how}`,
			calls,
			rateLimit,
			most: { requests: 3, times: 1.25 },
		})),
	),
	{ name: '50 waiting calls', calls: 50, readyAfterMs: 6000, most: { requests: 2, times: 1.2 } },
	{
		name: '50 waiting calls at 10/s',
		calls: 50,
		readyAfterMs: 6000,
		rateLimit: { perSecond: 10, retryAfter: 1 },
		most: { requests: 4, times: 1.3 },
	},
];

interface Measured {
	seconds: number;
	succeeded: number;
	clips: number;
	twice: number;
	requests: number;
}

/** What becomes of a burst of webhook calls: each is an execution of its own. */
export async function burst(bench: Bench, runtime: Runtime): Promise<Report> {
	const { api, log } = bench;
	const n8n = await startN8n({ runtime, prepare: installPackage, env: { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all' } });
	try {
		await n8n.client.setUpOwner();
		const rows: Report['tables'][number]['rows'] = [];
		const targets: Target[] = [];
		/** What n8n itself takes for as many calls, without a limit. */
		const free = new Map<number, number>();
		await measure(n8n, api, 'this node', { name: 'warm-up', calls: 50 });
		for (const calls of new Set(CASES.map((one) => one.calls))) {
			const { seconds } = await measure(n8n, api, 'this node', { name: `${calls} calls, no limit`, calls });
			free.set(calls, seconds);
			log(`Burst: ${calls} calls without a limit: ${seconds.toFixed(2)} s`);
		}
		const single = await measure(n8n, api, 'this node', { name: 'one waiting call', calls: 1, readyAfterMs: 6000 });
		for (const one of CASES) {
			const ways =
				one.readyAfterMs === undefined && one.calls < 300 ? (Object.keys(WAYS) as Way[]) : (['this node'] as const);
			for (const way of ways) {
				const measured = await measure(n8n, api, way, one);
				const { seconds, succeeded, clips, twice, requests } = measured;
				log(`Burst: ${one.name}, ${way}: ${JSON.stringify(measured)}`);
				rows.push([`${one.name}: ${way}`, seconds, ...[clips, twice, one.calls - succeeded, requests].map(String)]);
				if (way !== 'this node' || !one.most) continue;
				const limited = one.rateLimit ? one.calls / one.rateLimit.perSecond : 0;
				const ideal = limited + (one.readyAfterMs === undefined ? (free.get(one.calls) ?? 0) : single.seconds);
				targets.push(
					{ what: `${one.name}: clips created`, value: clips, limit: { least: one.calls } },
					{ what: `${one.name}: duplicates`, value: twice, limit: { most: 0 } },
					{ what: `${one.name}: requests per clip`, value: requests / one.calls, limit: { most: one.most.requests } },
					{
						what: `${one.name}: time compared with the ideal`,
						value: seconds / ideal,
						limit: { most: one.most.times },
					},
				);
			}
		}
		return {
			tables: [
				{
					title: 'Many executions at once',
					about:
						`Webhook calls that arrive at the same time in n8n ${runtime.version}, each an execution of its own. ` +
						'Waiting calls return a clip that is ready after 6 seconds. Each case runs once. ' +
						`Without a limit, ${[...free].map(([calls, seconds]) => `${calls} calls take ${shown(seconds)} s`).join(', ')}.`,
					columns: ['seconds', 'clips created', 'duplicates', 'calls failed', 'requests'],
					rows,
				},
			],
			targets,
			charts: [],
		};
	} finally {
		await n8n.stop();
	}
}

let paths = 0;

/** One burst, against an API of its own: nothing is left of the one before. */
async function measure(n8n: N8n, api: Api, way: Way, one: Case): Promise<Measured> {
	const { client } = n8n;
	const login = await api.restart({ rateLimit: one.rateLimit, readyAfterMs: one.readyAfterMs ?? 0 });
	const { accessTokenId, secretKey, baseUrl } = login;
	const credential = await client.createCredential('Videograph', 'videographApi', {
		accessTokenId,
		secretKey,
		baseUrl,
	});
	const path = `burst-${++paths}`;
	const { candidate, node = {} }: (typeof WAYS)[Way] & { node?: object } = WAYS[way];
	const workflow = clipWorkflow(candidate, path, login, credential, node, {
		waitUntilReady: one.readyAfterMs !== undefined,
	});
	await client.activate(await client.importWorkflow(workflow));
	// n8n registers the webhook some time after it was activated.
	const { status } = await client.callWebhook(path, { ...halfMinute(), title: 'Warm-up' });
	if (status !== 200) throw new Error(`${way}: the webhook answered ${status}`);
	const before = await api.figures();
	await sleep(2 * SECOND_MS - (Date.now() % SECOND_MS));
	const bodies = Array.from({ length: one.calls }, (_, call) => ({ ...halfMinute(), title: `Goal ${call}` }));
	const { answers, seconds } = await callAtOnce(client, path, bodies);
	const { clips, titles, requests } = await api.figures();
	return {
		seconds: Math.max(...seconds),
		succeeded: answers.filter((answer) => answer.status === 200).length,
		clips: titles - before.titles,
		twice: clips - titles,
		requests: requests - before.requests,
	};
}
