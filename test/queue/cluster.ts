import { chmod } from 'node:fs/promises';
import { installPackage } from '../e2e/installPackage';
import { makeUserFolder, type N8n, startMain, startWorker } from '../e2e/n8n';
import type { Runtime } from '../e2e/runtime';
import type { Server } from '../e2e/server';
import { startDatabases } from './databases';
import type { Programs } from './programs';

/** One n8n in queue mode: a main process, which takes the calls, and workers, which do the work. */
export interface Cluster {
	main: N8n;
	/** The workers that run now. */
	workers: Server[];
	addWorker: () => Promise<void>;
	/** Ends a worker: with `stop` it finishes what it is doing, with `kill` it dies. */
	removeWorker: (worker: Server, how: 'stop' | 'kill') => Promise<void>;
	/** Ends main and starts it again, at the same address. */
	restartMain: () => Promise<void>;
	stop: () => Promise<void>;
}

const WORKERS = 2;
/** How many executions a worker works on at once. */
const CONCURRENCY = 10;

/** Starts a cluster with the packed project in it, on databases of its own. */
export async function startCluster(runtime: Runtime, programs: Programs): Promise<Cluster> {
	const closing: Array<() => unknown> = [];
	const stop = async (): Promise<void> => {
		for (const close of closing.splice(0).reverse()) await close();
	};
	try {
		const folder = await makeUserFolder();
		closing.push(folder.remove);
		await chmod(folder.path, 0o711);
		await installPackage(folder.path);
		const databases = await startDatabases(programs, folder.path);
		closing.push(databases.stop);
		const options = { runtime, userFolder: folder.path, env: { EXECUTIONS_MODE: 'queue', ...databases.env } };

		const cluster: Cluster = {
			main: await startMain(options),
			workers: [],
			addWorker: async () => {
				cluster.workers.push(await startWorker(options, CONCURRENCY));
			},
			removeWorker: async (worker, how) => {
				cluster.workers.splice(cluster.workers.indexOf(worker), 1);
				await worker[how]();
			},
			restartMain: async () => {
				const { client, url } = cluster.main;
				await cluster.main.stop();
				cluster.main = { ...(await startMain({ ...options, port: Number(new URL(url).port) })), client };
			},
			stop,
		};
		closing.push(() => cluster.main.stop());
		closing.push(() => Promise.all(cluster.workers.map(async (worker) => await worker.stop())));
		await Promise.all(Array.from({ length: WORKERS }, cluster.addWorker));
		return cluster;
	} catch (error) {
		await stop();
		throw error;
	}
}
