import '../engine/environment';
import { startEmulator } from '../emulator';
import { Engine, type Run } from '../engine/engine';
import { perItem } from './perItem';

const CLIPS = 10;
const READY_AFTER_MS = 4000;
const ROUNDS = process.argv.includes('--quick') ? 1 : 3;

interface Figures {
	seconds: number;
	requests: number;
	ready: number;
}

/** Makes clips and waits for them on n8n's engine, each run with an emulator of its own. */
async function measure(engine: Engine, run: (base: string, streamId: string) => Pick<Run, 'parameters' | 'node'>): Promise<Figures> {
	const emulator = await startEmulator({ createAnswer: 'contentId', readyAfterMs: READY_AFTER_MS });
	const { streamUUID } = emulator.addStream({ startedAt: Date.now() - 3_600_000 });
	const base = `${emulator.url}/video/services/api/v1/livestreams/${streamUUID}`;
	const started = Date.now();
	const { items, error } = await engine.run({
		...run(base, streamUUID),
		credential: { ...emulator.credentials, baseUrl: emulator.url },
		input: Array.from({ length: CLIPS }, (_, index) => ({ index })),
	});
	const seconds = (Date.now() - started) / 1000;
	await emulator.close();
	if (error) throw new Error(error.message);
	return { seconds, requests: emulator.requests.length, ready: items.length };
}

const end = () => Math.floor(Date.now() / 1000) - 60;
const CANDIDATES: Record<string, (base: string, streamId: string) => Pick<Run, 'parameters' | 'node'>> = {
	'This node': (_base, streamId) => ({
		parameters: {
			resource: 'clip',
			operation: 'create',
			streamId: { __rl: true, mode: 'id', value: streamId },
			title: '=Goal {{ $json.index }}',
			startTime: end() - 30,
			endTime: end(),
			options: { waitUntilReady: true },
		},
	}),
	'One item after the other': (url) => ({
		node: { type: 'test.perItem' },
		parameters: { url, title: '=Goal {{ $json.index }}', startTime: String(end() - 30), endTime: String(end()) },
	}),
};

function median(values: number[]): number {
	return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function main(): Promise<void> {
	const engine = await Engine.load();
	engine.extra = perItem;
	const figures = new Map<string, Figures[]>();
	for (let round = 1; round <= ROUNDS; round++) {
		for (const [name, run] of Object.entries(CANDIDATES)) {
			console.error(`Round ${round} of ${ROUNDS}: ${name} …`);
			figures.set(name, [...(figures.get(name) ?? []), await measure(engine, run)]);
		}
	}
	console.log(`\nMake ${CLIPS} clips that take ${READY_AFTER_MS / 1000} s each, and wait until they are ready`);
	console.log(`(medians of ${ROUNDS}; n8n's engine, the emulator on this machine)\n`);
	console.log('| | Seconds | Requests | Ready clips |\n|---|---|---|---|');
	for (const [name, runs] of figures) {
		const of = (key: keyof Figures) => median(runs.map((one) => one[key]));
		console.log(`| ${name} | ${of('seconds').toFixed(1)} | ${of('requests')} | ${of('ready')} |`);
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
