import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { goal } from '../../test/e2e/harness';
import { installPackage } from '../../test/e2e/installPackage';
import { type N8n, startN8n } from '../../test/e2e/n8n';
import { step } from '../../test/e2e/progress';
import { ensureRuntime, type Runtime } from '../../test/e2e/runtime';
import { emulated } from '../../test/e2e/service';
import { type Candidate, httpRequest, thisNode } from './candidates';
import { type Sample, samplesIn, slope } from './samples';

/**
 * Calls a webhook that makes clips for a long time, and watches the memory of n8n. Beside it, at the same time, another
 * n8n does the same without this node.
 */

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const MINUTES = Number(values.minutes);

/** From one call to the next. */
const CALL_EVERY_MS = 250;
/** A live stream has so many clips at most, as the list of them would grow for ever otherwise. */
const CLIPS_A_STREAM = 100;
const MIB = 1024 * 1024;
const ROWS = 20;
/**
 * What n8n may grow by in the second half, in MiB. What it holds varies by two or three with the calls that are under
 * way just then, and the resident memory by some dozens: n8n grows and shrinks by so much with its own node, too.
 */
const MOST = { held: 8, rss: 96 };

interface Soaked {
	name: string;
	calls: number;
	failed: number;
	samples: Sample[];
}

const log = (line: string): void => console.log(line);

// On exit everything that was started is ended, and every folder is removed.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

async function main(): Promise<void> {
	if (!(MINUTES > 0)) throw new Error('--minutes takes a number');
	const runtime = await ensureRuntime(log);
	log(`Calling for ${MINUTES} minutes, ${1000 / CALL_EVERY_MS} times a second …`);
	const [ours, theirs] = await Promise.all([soak(runtime, thisNode), soak(runtime, httpRequest)]);
	log(
		'\n| Minute | this node: resident MiB | held MiB | HTTP Request: resident MiB | held MiB |\n|---|---|---|---|---|',
	);
	for (let row = 0; row <= ROWS; row++) {
		const cells = [ours, theirs].flatMap(({ samples }) => figures(at(samples, row / ROWS)));
		log(`| ${((MINUTES * row) / ROWS).toFixed(1)} | ${cells.join(' | ')} |`);
	}
	log('\n| Second half | Calls in all | Failed | Resident grew, MiB | Held grew, MiB |\n|---|---|---|---|---|');
	for (const { name, calls, failed, samples } of [ours, theirs]) {
		log(`| ${[name, calls, failed, ...figures(growth(samples))].join(' | ')} |`);
	}
	const { rss, held } = growth(ours.samples);
	if (ours.failed > 0) throw new Error(`${ours.failed} of ${ours.calls} calls have failed`);
	// Where n8n itself holds more and more, that is not this node's.
	const own = held - Math.max(growth(theirs.samples).held, 0);
	if (own > MOST.held * MIB || rss > MOST.rss * MIB) throw new Error('n8n needs more and more memory');
	log(
		`\n✓ The memory stays flat: at most ${MOST.held} MiB held, and ${MOST.rss} MiB resident, may be added in the second half.`,
	);
}

async function soak(runtime: Runtime, candidate: Candidate): Promise<Soaked> {
	const service = await emulated();
	const preload = [join(__dirname, 'reportMemory.js')];
	const n8n = await step(log, `Starting n8n for ${candidate.name}`, () =>
		startN8n({ runtime, prepare: installPackage, preload }),
	);
	try {
		await n8n.client.setUpOwner();
		await candidate.add(n8n, service);
		return await callOn(
			n8n,
			candidate.name,
			() => service.emulator.addStream({ startedAt: Date.now() - 3_600_000 }).streamUUID,
		);
	} finally {
		await n8n.stop();
		await service.close();
	}
}

async function callOn({ client, log: output }: N8n, name: string, newStream: () => string): Promise<Soaked> {
	const from = Date.now();
	const until = from + MINUTES * 60_000;
	let streamId = '';
	let failed = 0;
	let calls = 0;
	for (; Date.now() < until; calls++) {
		if (calls % CLIPS_A_STREAM === 0) streamId = newStream();
		const { status } = await client.callWebhook('goal', { ...goal(streamId), title: `Goal ${calls}` });
		if (status !== 200) failed++;
		await sleep(Math.max(0, from + calls * CALL_EVERY_MS - Date.now()));
	}
	return { name, calls, failed, samples: samplesIn(output()).filter(({ at }) => at >= from) };
}

function at(samples: Sample[], part: number): Sample {
	const sample = samples[Math.round((samples.length - 1) * part)];
	if (!sample) throw new Error('n8n has not told its memory');
	return sample;
}

/** Bytes as MiB, for people. */
function figures({ rss, held }: Pick<Sample, 'rss' | 'held'>): string[] {
	return [rss, held].map((bytes) => (bytes / MIB).toFixed(1));
}

/** What is added in the second half, when everything has been loaded: by the line that fits best, in bytes. */
function growth(samples: Sample[]): Pick<Sample, 'rss' | 'held'> {
	const half = samples.slice(Math.floor(samples.length / 2));
	const lasted = at(half, 1).at - at(half, 0).at;
	return { rss: slope(half, 'rss') * lasted, held: slope(half, 'held') * lasted };
}

main().catch((error: unknown) => {
	console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
