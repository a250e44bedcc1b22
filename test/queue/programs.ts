import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the servers are that a queue needs. */
export interface Programs {
	redis: string;
	postgres: string;
	initdb: string;
}

/** Debian keeps PostgreSQL's programs out of the path. */
const POSTGRES_HOME = '/usr/lib/postgresql';

/** Finds the servers in PATH, and PostgreSQL in Debian's folder, too; or reports what is missing. */
export function findPrograms(): Programs | { missing: string } {
	const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const debian = existsSync(POSTGRES_HOME) ? readdirSync(POSTGRES_HOME).sort((a, b) => Number(b) - Number(a)) : [];
	const postgresPath = [...path, ...debian.map((version) => join(POSTGRES_HOME, version, 'bin'))];

	const redis = find('redis-server', path);
	const postgres = find('postgres', postgresPath);
	const initdb = find('initdb', postgresPath);
	if (redis && postgres && initdb) return { redis, postgres, initdb };
	const missing = [!redis && 'Redis (redis-server)', !(postgres && initdb) && 'PostgreSQL'].filter(Boolean);
	return { missing: missing.join(' and ') };
}

function find(program: string, folders: string[]): string | undefined {
	return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
