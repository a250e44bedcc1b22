import runtime from '../e2e/runtime/package.json';
import { composeFile } from './composeFile';

const { services, volumes, n8n } = composeFile('queue-mode');
const workers = n8n.filter(([, { command }]) => String(command).startsWith('worker'));

describe('docs/queue-mode/docker-compose.yml', () => {
	it('runs one main, two workers, Redis and PostgreSQL', () => {
		expect(Object.keys(services).sort()).toEqual(['main', 'postgres', 'redis', 'worker-1', 'worker-2']);
		expect(workers.map(([name]) => name)).toEqual(['worker-1', 'worker-2']);
	});

	it('pins every image, and n8n to the version of the end-to-end tests', () => {
		for (const { image } of Object.values(services)) expect(image).toMatch(/:\d+\.\d+[\w.-]*$/);
		for (const [, { image }] of n8n) expect(image).toBe(`docker.n8n.io/n8nio/n8n:${runtime.dependencies.n8n}`);
	});

	it('gives main and workers the same queue, database and encryption key', () => {
		const [main, ...others] = n8n.map(([, { environment }]) => environment);
		for (const environment of others) expect(environment).toMatchObject(main ?? {});
		expect(main).toMatchObject({
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: 'redis',
			DB_POSTGRESDB_HOST: 'postgres',
		});
	});

	it('stops workers later than n8n needs to finish, and mounts a volume of its own for each part', () => {
		for (const [, { stop_grace_period: grace, environment }] of n8n) {
			expect(Number.parseInt(grace ?? '', 10)).toBeGreaterThan(Number(environment.N8N_GRACEFUL_SHUTDOWN_TIMEOUT));
		}
		const mounted = Object.values(services).flatMap(({ volumes: own = [] }) =>
			own.map((volume) => volume.split(':', 1)[0]),
		);
		expect(mounted.sort()).toEqual(Object.keys(volumes).sort());
	});

	it('waits only for services that exist', () => {
		for (const { depends_on: needed = {} } of Object.values(services)) {
			for (const name of Object.keys(needed)) expect(services).toHaveProperty([name]);
		}
	});
});
