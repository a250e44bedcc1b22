import { setTimeout as sleep } from 'node:timers/promises';
import { CandidateProcess } from './candidate';
import type { Candidate, Job } from './candidates';
import { median } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

const PER_SECOND = 10;
const SECOND_MS = 1000;

type Way = Pick<Job, 'candidate' | 'onFailure'> & { candidate: Candidate };

/** The ways to get clips out of an API that does not take all requests at once. */
const WAYS = {
	'this node': { candidate: 'this node', onFailure: 'continue' },
	'HTTP Request': { candidate: 'HTTP Request', onFailure: 'continue' },
	'HTTP Request, in batches of 10 a second': { candidate: 'HTTP Request, in batches', onFailure: 'continue' },
	'HTTP Request, with Retry On Fail': { candidate: 'HTTP Request', onFailure: { tries: 5 } },
} satisfies Record<string, Way>;

const NAMES = Object.keys(WAYS) as Array<keyof typeof WAYS>;

/** What becomes of clips that the API has no time for. */
export async function rateLimit(bench: Bench): Promise<Report> {
	const { api, home, scale } = bench;
	const process = new CandidateProcess(home);
	const idealSeconds = scale.limited / PER_SECOND - 1;
	const measured = await inRounds(bench, 'Rate limit', NAMES, async (name) => {
		const login = await api.restart({ rateLimit: { perSecond: PER_SECOND, retryAfter: 1 } });
		// The limit counts by seconds of the clock: each begins with a new one.
		await sleep(SECOND_MS - (Date.now() % SECOND_MS));
		const job = { ...WAYS[name], api: login, count: scale.limited, atOnce: PER_SECOND, batchMs: SECOND_MS };
		const ran = await process.make(job);
		const { clips, titles, requests } = await api.figures();
		return { seconds: ran.seconds, failed: ran.failed, clips: titles, twice: clips - titles, requests };
	});
	await process.end();

	const of = (name: keyof typeof WAYS, key: 'seconds' | 'failed' | 'clips' | 'twice' | 'requests'): number[] =>
		measured[name].map((one) => one[key]);
	const title = `${scale.limited} clips at ${PER_SECOND} requests a second`;
	return {
		tables: [
			{
				title: 'Rate limit',
				about:
					`${scale.limited} clips with an API that accepts ${PER_SECOND} requests a second and rejects the others with 429 and \`Retry-After: 1\`. ` +
					`The minimum is ${idealSeconds} seconds: ten clips at once, then ten a second.`,
				columns: ['seconds', 'clips created', 'duplicates', 'items failed', 'requests'],
				rows: NAMES.map((name) => [
					name,
					median(of(name, 'seconds')),
					...(['clips', 'twice', 'failed', 'requests'] as const).map((key) => String(median(of(name, key)))),
				]),
			},
		],
		targets: [
			{
				what: `${title}: clips created`,
				value: Math.min(...of('this node', 'clips')),
				limit: { least: scale.limited },
			},
			{ what: `${title}: duplicates`, value: Math.max(...of('this node', 'twice')), limit: { most: 0 } },
			{
				what: `${title}: time compared with the minimum`,
				value: median(of('this node', 'seconds')) / idealSeconds,
				limit: { most: 1.15 },
			},
		],
		charts: [],
	};
}
