import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '../e2e/ports';
import { run } from '../e2e/processes';
import { type Server, startServer } from '../e2e/server';
import type { Programs } from './programs';

/** Redis and PostgreSQL, running for one n8n alone. */
export interface Databases {
	/** How n8n reaches them. */
	env: NodeJS.ProcessEnv;
	stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root; its package makes this user. */
const POSTGRES_USER = 'postgres';

/**
 * Starts both on free ports of 127.0.0.1, with nothing in them.
 *
 * @param folder for their data; others must be able to pass through it
 */
export async function startDatabases(programs: Programs, folder: string): Promise<Databases> {
	const [redisPort = 0, postgresPort = 0] = await freePorts(2);
	const started: Server[] = [];
	const stop = async (): Promise<void> => {
		await Promise.all(started.map(async (server) => await server.stop()));
	};
	try {
		started.push(await startRedis(programs, folder, redisPort));
		started.push(await startPostgres(programs, join(folder, 'postgres'), postgresPort));
	} catch (error) {
		await stop();
		throw error;
	}
	const env = {
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: 'not-asked-for',
	};
	return { env, stop };
}

async function startRedis({ redis }: Programs, cwd: string, port: number): Promise<Server> {
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	const [program = '', ...rest] = bound([redis, ...args]);
	return await startServer({
		name: 'Redis',
		program,
		args: rest,
		cwd,
		env: process.env,
		isReady: (log) => log.includes('Ready to accept connections'),
	});
}

async function startPostgres({ postgres, initdb }: Programs, folder: string, port: number): Promise<Server> {
	const asUser = process.getuid?.() === 0 ? POSTGRES_USER : undefined;
	await mkdir(folder);
	if (asUser !== undefined) await run('chown', [asUser, folder], { cwd: '/' });
	const data = join(folder, 'data');
	const making = bound([initdb, '-D', data, '-A', 'trust', '-U', 'n8n', '--locale=C', '--encoding=UTF8'], asUser);
	const [init = '', ...initArgs] = making;
	await run(init, initArgs, { cwd: folder });
	// What a crash of the machine would lose does not matter here.
	const settings = ['listen_addresses=127.0.0.1', 'fsync=off', `unix_socket_directories=${folder}`, 'lc_messages=C'];
	const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
	const [program = '', ...rest] = bound([postgres, ...args], asUser);
	return await startServer({
		name: 'PostgreSQL',
		program,
		args: rest,
		cwd: folder,
		env: process.env,
		isReady: (log) => log.includes('database system is ready to accept connections'),
	});
}

/** The same command, which on Linux ends with this process even where that is killed, and runs as another user. */
function bound(command: string[], asUser?: string): string[] {
	if (process.platform !== 'linux') return command;
	const user = asUser === undefined ? [] : ['--reuid', asUser, '--regid', asUser, '--init-groups'];
	return ['setpriv', ...user, '--pdeathsig', 'KILL', ...command];
}
