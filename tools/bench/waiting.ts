import { CandidateProcess } from './candidate';
import type { Candidate } from './candidates';
import { median } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

/** The processing time of a clip, different in each round, because the poll interval must suit all. */
const READY_AFTER_MS = [4000, 6000, 8000, 3000, 5000];
/** What goes one after the other would take minutes with all of them. */
const FEWER = 10;

const CANDIDATES = ['this node', 'one item after the other'] as const satisfies readonly Candidate[];

/** How long it takes until clips are ready, and what that costs the API. */
export async function waiting(bench: Bench): Promise<Report> {
	const { api, home, scale } = bench;
	const processes = Object.fromEntries(CANDIDATES.map((name) => [name, new CandidateProcess(home)]));
	const measured = await inRounds(bench, 'Waiting', CANDIDATES, async (candidate, round) => {
		const count = candidate === 'this node' ? scale.waited : Math.ceil(scale.waited / FEWER);
		const readyAfterMs = READY_AFTER_MS[round] ?? 4000;
		const login = await api.restart({ readyAfterMs });
		const process = processes[candidate];
		if (!process) throw new Error(`no process for ${candidate}`);
		const ran = await process.make({ candidate, api: login, count, atOnce: 5, batchMs: 0, wait: true });
		const { newestClipAt, requests } = await api.figures();
		// The slowest clip is the one that was asked for last.
		const slowest =
			candidate === 'this node' ? (newestClipAt - ran.startedAt + readyAfterMs) / 1000 : readyAfterMs / 1000;
		return { seconds: ran.seconds, slowest, requests, made: ran.made, times: ran.seconds / slowest };
	});
	await Promise.all(Object.values(processes).map(async (process) => await process.end()));

	const of = (
		name: (typeof CANDIDATES)[number],
		key: 'seconds' | 'slowest' | 'requests' | 'made' | 'times',
	): number[] => measured[name].map((one) => one[key]);
	const title = `Waiting for ${scale.waited} clips`;
	return {
		tables: [
			{
				title: 'Waiting until clips are ready',
				about:
					`${scale.waited} clips (${Math.ceil(scale.waited / FEWER)} if each item waits for the one before), each ready after 3 to 8 seconds. ` +
					'“Times the slowest” is the total time divided by the time until the slowest clip was ready.',
				columns: ['clips', 'seconds', 'times the slowest', 'maximum', 'requests', 'maximum'],
				rows: CANDIDATES.map((name) => [
					name,
					String(median(of(name, 'made'))),
					median(of(name, 'seconds')),
					median(of(name, 'times')),
					Math.max(...of(name, 'times')),
					String(median(of(name, 'requests'))),
					String(Math.max(...of(name, 'requests'))),
				]),
			},
		],
		targets: [
			{
				what: `${title}: time compared with the slowest clip`,
				value: median(of('this node', 'times')),
				limit: { most: 1.3 },
			},
			{ what: `${title}: requests`, value: median(of('this node', 'requests')), limit: { most: scale.waited + 10 } },
		],
		charts: [],
	};
}
