import type { Credential } from '../e2e/n8nClient';
import { step } from '../e2e/progress';
import { ensureRuntime } from '../e2e/runtime';
import { emulated, type Service } from '../e2e/service';
import type { Emulator } from '../emulator';
import { type Cluster, startCluster } from './cluster';
import { findPrograms } from './programs';

/** An n8n in queue mode with a credential for an emulator. */
export interface QueueHarness {
	service: Service & { emulator: Emulator };
	cluster: Cluster;
	credential: Credential;
}

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
const STOP_MS = 120_000;

export const say = (line: string): boolean => process.stderr.write(`${line}\n`);

/** Tests of n8n in queue mode. They are skipped with a message if the servers of a queue are missing. */
export function describeQueue(title: string, tests: (harness: QueueHarness) => void): void {
	const programs = findPrograms();
	if ('missing' in programs) {
		say(`✗ Skipped, as ${programs.missing} is not installed here: ${title}`);
		describe.skip(title, () => tests({} as QueueHarness));
		return;
	}
	describe(title, () => {
		const harness = {} as QueueHarness;
		const closing: Array<() => Promise<void>> = [];

		beforeAll(async () => {
			harness.service = await emulated();
			closing.push(harness.service.close);
			const runtime = await ensureRuntime(say);
			const name = `Starting Redis, PostgreSQL, and n8n ${runtime.version} with 2 workers`;
			harness.cluster = await step(say, name, () => startCluster(runtime, programs), 'half a minute');
			closing.push(harness.cluster.stop);
			const { client } = harness.cluster.main;
			await client.setUpOwner();
			harness.credential = await client.createCredential('Videograph', 'videographApi', harness.service.credential);
		}, START_MS);

		afterAll(async () => {
			for (const close of closing.reverse()) await close();
		}, STOP_MS);

		tests(harness);
	});
}
