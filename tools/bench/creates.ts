import type { ApiFigures } from './api';
import { CandidateProcess, type Ran } from './candidate';
import type { Candidate } from './candidates';
import { median, ratio } from './figures';
import type { Report } from './report';
import { type Bench, inRounds } from './scale';

const AT_ONCE = 50;
const FEW = { count: 100, latencyMs: 100 };
const MANY_LATENCY_MS = 20;
/** What goes one after the other is given less of it to do: its speed is the same. */
const SLOW_SHARE = 5;

const CANDIDATES = [
	'this node',
	'HTTP Request',
	'HTTP Request, in batches',
	'one item after the other',
	"n8n's helper",
	"n8n's helper, asked to keep connections",
	'axios',
	'axios, keeping connections',
] as const satisfies readonly Candidate[];

interface Measured {
	few: Ran & { count: number };
	many: Ran & { count: number };
	again: Ran & { count: number };
	api: ApiFigures;
}

const perSecond = ({ count, seconds }: Measured['many']): number => count / seconds;
const cpuPerItem = ({ count, cpuMs }: Measured['many']): number => cpuMs / count;

/** The speed and the cost of creating clips. */
export async function creates(bench: Bench): Promise<Report> {
	const { api, home, scale } = bench;
	const measured = await inRounds(bench, 'Creates', CANDIDATES, async (candidate): Promise<Measured> => {
		const share = candidate === 'one item after the other' ? SLOW_SHARE : 1;
		const process = new CandidateProcess(home);
		const make = async (all: number, latencyMs: number): Promise<Measured['many']> => {
			const count = Math.ceil(all / share);
			const login = await api.restart({ latencyMs });
			return { ...(await process.make({ candidate, api: login, count, atOnce: AT_ONCE, batchMs: latencyMs })), count };
		};
		const few = await make(FEW.count, FEW.latencyMs);
		const many = await make(scale.many, MANY_LATENCY_MS);
		const figures = await api.figures();
		const again = await make(scale.many, MANY_LATENCY_MS);
		await process.end();
		return { few, many, again, api: figures };
	});

	const of = (candidate: Candidate, read: (one: Measured) => number): number[] => measured[candidate].map(read);
	const speed = (one: Measured): number => perSecond(one.many);
	const cost = (one: Measured): number => cpuPerItem(one.many);
	const costAgain = (one: Measured): number => cpuPerItem(one.again);
	const batches = 'HTTP Request, in batches';
	const ours = 'this node';
	const title = `${scale.many.toLocaleString('en')} clips at ${MANY_LATENCY_MS} ms`;
	return {
		tables: [
			{
				title: 'Creating clips',
				about:
					`${FEW.count} clips with an API that takes ${FEW.latencyMs} ms per request, then ${scale.many.toLocaleString('en')} with ` +
					`${MANY_LATENCY_MS} ms. ${AT_ONCE} requests run at the same time. Without batching, the HTTP Request node sends all requests at ` +
					`once; its batches hold ${AT_ONCE} and start ${MANY_LATENCY_MS} ms or ${FEW.latencyMs} ms apart. Each measurement uses a new process. ` +
					'“CPU” is processor time per item; “again” is another thousand clips in the same process, after V8 has compiled the hot code.',
				columns: [
					'100 ms: clips/s',
					'20 ms: clips/s',
					'of this node',
					'CPU ms/clip',
					'of this node',
					'again: clips/s',
					'CPU ms/clip',
					'connections/clip',
					"API's CPU ms/clip",
				],
				rows: CANDIDATES.map((name) => [
					name,
					median(of(name, ({ few }) => perSecond(few))),
					median(of(name, speed)),
					ratio(of(name, speed), of(ours, speed)),
					median(of(name, cost)),
					ratio(of(name, cost), of(ours, cost)),
					median(of(name, ({ again }) => perSecond(again))),
					median(of(name, costAgain)),
					median(of(name, ({ api: seen, many }) => seen.connections / many.count)),
					median(of(name, ({ api: seen, many }) => seen.cpuMs / many.count)),
				]),
			},
		],
		targets: [
			{
				what: `${title}: speed compared with n8n's bare helper`,
				value: ratio(of(ours, speed), of("n8n's helper", speed)),
				limit: { least: 0.9 },
			},
			{
				what: `${title}: speed compared with the HTTP Request node, all at once`,
				value: ratio(of(ours, speed), of('HTTP Request', speed)),
				limit: { least: 1 },
			},
			{
				what: `${title}: speed compared with the HTTP Request node in batches`,
				value: ratio(of(ours, speed), of(batches, speed)),
				limit: { least: 1 },
			},
			{
				what: `${title}: processor time compared with the HTTP Request node, all at once`,
				value: ratio(of(ours, cost), of('HTTP Request', cost)),
				limit: { most: 0.75 },
			},
			{
				what: `${title}: processor time compared with the HTTP Request node in batches`,
				value: ratio(of(ours, cost), of(batches, cost)),
				limit: { most: 0.75 },
			},
		],
		charts: [
			{
				title: `${title}: clips per second`,
				unit: '/s',
				bars: CANDIDATES.map((name) => ({ name, value: median(of(name, speed)) })),
			},
			{
				title: 'Processor time for a clip',
				unit: 'ms',
				bars: CANDIDATES.map((name) => ({ name, value: median(of(name, cost)) })),
			},
		],
	};
}
