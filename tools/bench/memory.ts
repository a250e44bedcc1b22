import { CandidateProcess } from './candidate';
import type { Candidate } from './candidates';
import { median, ratio } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

const AT_ONCE = 50;
const MIB = 1024 * 1024;
const CANDIDATES = ['this node', 'HTTP Request', 'HTTP Request, in batches'] as const satisfies readonly Candidate[];

/** What memory many items take. */
export async function memory(bench: Bench): Promise<Report> {
	const { api, home, scale } = bench;
	const measured = await inRounds(bench, 'Memory', CANDIDATES, async (candidate) => {
		const process = new CandidateProcess(home);
		const login = await api.restart();
		const job = { candidate, api: login, count: scale.mostMany, atOnce: AT_ONCE, batchMs: 1 };
		// So many requests at once are more than a server takes connections for: what is lost of them is shown.
		const ran = await process.make({ ...job, onFailure: 'continue' });
		await process.end();
		return { ...ran, mib: ran.peakBytes / MIB };
	});
	const of = (name: Candidate & keyof typeof measured, key: 'mib' | 'seconds' | 'failed'): number[] =>
		measured[name].map((one) => one[key]);
	const title = `${scale.mostMany.toLocaleString('en')} clips in one run`;
	const against = (name: Candidate & keyof typeof measured) => ({
		what: `${title}: peak memory compared with ${name}`,
		value: ratio(of('this node', 'mib'), of(name, 'mib')),
		limit: { most: 1 },
	});
	return {
		tables: [
			{
				title: 'Memory',
				about: `${title}, with an API that responds at once. Peak resident memory of the process, including n8n's engine.`,
				columns: ['MiB', 'of this node', 'seconds', 'items failed'],
				rows: CANDIDATES.map((name) => [
					name,
					median(of(name, 'mib')),
					ratio(of(name, 'mib'), of('this node', 'mib')),
					median(of(name, 'seconds')),
					String(median(of(name, 'failed'))),
				]),
			},
		],
		targets: [
			{ what: `${title}: failed`, value: Math.max(...of('this node', 'failed')), limit: { most: 0 } },
			against('HTTP Request'),
			against('HTTP Request, in batches'),
		],
		charts: [
			{
				title: `${title}: peak memory`,
				unit: 'MiB',
				bars: CANDIDATES.map((name) => ({ name, value: median(of(name, 'mib')) })),
			},
		],
	};
}
