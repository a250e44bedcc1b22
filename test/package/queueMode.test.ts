import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import runtime from '../e2e/runtime/package.json';
import { projectRoot } from '../e2e/project';

interface Service {
	image: string;
	command?: string | string[];
	environment: Record<string, string>;
	depends_on?: Record<string, unknown>;
	volumes?: string[];
	stop_grace_period?: string;
}

const folder = join(projectRoot, 'docs', 'queue-mode');
const text = readFileSync(join(folder, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
	services: Record<string, Service>;
	volumes: Record<string, unknown>;
};
const n8n = Object.entries(services).filter(([, { image }]) => /\/n8n:/.test(image));
const workers = n8n.filter(([, { command }]) => String(command).startsWith('worker'));

/** The variables that n8n reads, as its own settings name them. */
function knownVariables(): Set<string> {
	const core = createRequire(require.resolve('n8n-core'));
	const config = dirname(core.resolve('@n8n/config'));
	const files = readdirSync(config, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
	const code = files.map((file) => readFileSync(join(config, file), 'utf8')).join('\n');
	return new Set([...code.matchAll(/\bEnv\)\('([A-Z0-9_]+)'/g)].map(([, name = '']) => name));
}

describe('docs/queue-mode/docker-compose.yml', () => {
	it('has one main, two workers, Redis and PostgreSQL', () => {
		expect(Object.keys(services).sort()).toEqual(['main', 'postgres', 'redis', 'worker-1', 'worker-2']);
		expect(workers.map(([name]) => name)).toEqual(['worker-1', 'worker-2']);
	});

	it('pins every image, and n8n to the version that the end-to-end tests run', () => {
		for (const { image } of Object.values(services)) expect(image).toMatch(/:\d+\.\d+[\w.-]*$/);
		for (const [, { image }] of n8n) expect(image).toBe(`docker.n8n.io/n8nio/n8n:${runtime.dependencies.n8n}`);
	});

	it('sets only what n8n knows', () => {
		// n8n's own package, which the tests here do not install, reads these two.
		const known = knownVariables().add('N8N_REINSTALL_MISSING_PACKAGES').add('OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS');
		for (const [, { environment }] of n8n) {
			expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
		}
	});

	it('lets all of n8n share the queue, the database and the encryption key', () => {
		const [main, ...others] = n8n.map(([, { environment }]) => environment);
		for (const environment of others) expect(environment).toMatchObject(main ?? {});
		expect(main).toMatchObject({ EXECUTIONS_MODE: 'queue', QUEUE_BULL_REDIS_HOST: 'redis', DB_POSTGRESDB_HOST: 'postgres' });
	});

	it('gives workers longer to end than n8n takes, and each of n8n a folder of its own', () => {
		for (const [, { stop_grace_period: grace, environment }] of n8n) {
			expect(Number.parseInt(grace ?? '', 10)).toBeGreaterThan(Number(environment.N8N_GRACEFUL_SHUTDOWN_TIMEOUT));
		}
		const mounted = Object.values(services).flatMap(({ volumes: own = [] }) => own.map((volume) => volume.split(':', 1)[0]));
		expect(mounted.sort()).toEqual(Object.keys(volumes).sort());
	});

	it('waits for services that exist', () => {
		for (const { depends_on: needed = {} } of Object.values(services)) {
			for (const name of Object.keys(needed)) expect(services).toHaveProperty([name]);
		}
	});

	it('holds no secret, and .env.example names everything that is to be filled in', () => {
		const asked = new Set([...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name));
		const lines = readFileSync(join(folder, '.env.example'), 'utf8').split('\n').filter((line) => /^\w/.test(line));
		const offered = Object.fromEntries(lines.map((line) => line.split('=', 2) as [string, string]));
		expect(Object.keys(offered).sort()).toEqual([...asked].sort());
		for (const name of ['N8N_ENCRYPTION_KEY', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD']) expect(offered[name]).toBe('');
	});
});
