import { step } from '../../test/e2e/progress';
import { projectRoot } from '../../test/e2e/project';
import { type EngineVersion, withEngine } from './engines';
import { type Outcome, runJest } from './jest';

/**
 * Runs the engine tests on several versions of n8n's engine, and the end-to-end tests on several servers, and prints a
 * table. With --engine only the engines, with --e2e only the servers.
 */

const ENGINE_MS = 900_000;
const E2E_MS = 1_800_000;

/** The project's own versions are tested as they are installed. */
const ENGINES: Array<EngineVersion & { n8n: string; own?: true }> = [
	{ n8n: '2.8', core: '2.8.1', workflow: '2.8.0' },
	{ n8n: '2.35', core: '2.35.5', workflow: '2.35.3' },
	{ n8n: '2.41', core: '2.41.1', workflow: '2.41.0', own: true },
];
const SERVERS: Array<{ n8n: string; env: NodeJS.ProcessEnv }> = [
	{ n8n: '2.8.4', env: { VIDEOGRAPH_N8N_VERSION: '2.8.4' } },
	{ n8n: '2.41.1', env: { VIDEOGRAPH_N8N_VERSION: '' } },
];

interface Row extends Outcome {
	n8n: string;
	what: string;
}

const log = (line: string): void => console.log(line);

// On exit everything that was started is ended, and every folder is removed.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

async function main(): Promise<void> {
	const rows: Row[] = [];
	if (!process.argv.includes('--e2e')) {
		for (const { n8n, own, ...version } of ENGINES) {
			const what = `engine tests, n8n-core ${version.core} and n8n-workflow ${version.workflow}`;
			const test = (folder: string): Promise<Outcome> => runJest('together', folder, ENGINE_MS);
			const job = (): Promise<Outcome> => (own ? test(projectRoot) : withEngine(version, test));
			rows.push({ n8n, what, ...(await step(log, `n8n ${n8n}: ${what}`, job)) });
		}
	}
	if (!process.argv.includes('--engine')) {
		for (const { n8n, env } of SERVERS) {
			const what = 'end-to-end tests on a real server';
			const job = (): Promise<Outcome> => runJest('e2e', projectRoot, E2E_MS, env);
			rows.push({ n8n, what, ...(await step(log, `n8n ${n8n}: ${what}`, job)) });
		}
	}
	log('\n| n8n | Tests | Passed | Failed | Seconds |\n|---|---|---|---|---|');
	for (const { n8n, what, passed, failed, seconds } of rows) {
		log(`| ${n8n} | ${what} | ${passed} | ${failed} | ${seconds.toFixed(0)} |`);
	}
	for (const { n8n, problems } of rows) for (const problem of problems) log(`\n✗ n8n ${n8n}: ${problem}`);
	if (rows.some(({ passed, problems }) => passed === 0 || problems.length > 0)) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
});
