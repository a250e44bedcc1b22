import type { Emulator } from '../emulator';
import type { Credential } from '../e2e/n8nClient';
import { step } from '../e2e/progress';
import { ensureRuntime } from '../e2e/runtime';
import { emulated, type Service } from '../e2e/service';
import { startCluster, type Cluster } from './cluster';
import { findPrograms } from './programs';

/** An n8n in queue mode with a credential for an emulator. */
export interface QueueScene {
	service: Service & { emulator: Emulator };
	cluster: Cluster;
	credential: Credential;
}

/** The first time, n8n is downloaded and installed. */
const START_MS = 900_000;
const STOP_MS = 120_000;

export const say = (line: string): boolean => process.stderr.write(`${line}\n`);

/** Tests of n8n in queue mode. They are skipped with a message if the servers of a queue are missing. */
export function describeQueue(title: string, tests: (scene: QueueScene) => void): void {
	const programs = findPrograms();
	if ('missing' in programs) {
		say(`✗ Skipped, as ${programs.missing} is not installed here: ${title}`);
		describe.skip(title, () => tests({} as QueueScene));
		return;
	}
	describe(title, () => {
		const scene = {} as QueueScene;
		const closing: Array<() => Promise<void>> = [];

		beforeAll(async () => {
			scene.service = await emulated();
			closing.push(scene.service.close);
			const runtime = await ensureRuntime(say);
			const name = `Starting Redis, PostgreSQL, and n8n ${runtime.version} with 2 workers`;
			scene.cluster = await step(say, name, () => startCluster(runtime, programs), 'half a minute');
			closing.push(scene.cluster.stop);
			const { client } = scene.cluster.main;
			await client.setUpOwner();
			scene.credential = await client.createCredential('Videograph', 'videographApi', scene.service.credential);
		}, START_MS);

		afterAll(async () => {
			for (const close of closing.reverse()) await close();
		}, STOP_MS);

		tests(scene);
	});
}
