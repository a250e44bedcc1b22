import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { isAlive, withLock } from './folderLock';
import { ProgramFailed, run } from './processes';
import { type Log, step } from './progress';
import { projectRoot } from './project';
import { addSqlite, loadModule } from './sqlite';

/** An installed n8n, and the Node.js that runs it. */
export interface Runtime {
	version: string;
	/** Absolute paths. */
	node: string;
	n8n: string;
	/** Modules of this n8n that a Videograph workflow never uses; it refuses names that it does not know. */
	unusedModules: string;
}

const FILES = ['package.json', 'package-lock.json'];

/** Where a version of n8n is pinned, and which Node.js it needs. */
interface Pin {
	source: string;
	nodeNeeded: number;
	unusedModules: string;
	/** How its lock file was made, and so how it is installed. */
	npmFlags: string[];
}

const pins = join(projectRoot, 'test', 'e2e');
const NEWEST: Pin = {
	source: join(pins, 'runtime'),
	nodeNeeded: 24,
	unusedModules: 'mcp-registry,instance-ai,agents,chat-hub,mcp,otel,insights',
	npmFlags: ['--legacy-peer-deps'],
};
const OLDER: Record<string, Pin> = {
	'2.8.4': {
		source: join(pins, 'runtimes', '2.8.4'),
		nodeNeeded: 20,
		unusedModules: 'chat-hub,mcp,insights',
		npmFlags: [],
	},
};

/** Whether another n8n than the newest one is tested. */
export const isOlder = Boolean(process.env.VIDEOGRAPH_N8N_VERSION);

/**
 * Gives the n8n that test/e2e/runtime pins, or the older one that the environment names; the first time it is
 * installed into the user's cache folder.
 */
export async function ensureRuntime(log: Log): Promise<Runtime> {
	const pin = choosePin(process.env.VIDEOGRAPH_N8N_VERSION);
	const [manifest = '', lock = ''] = await Promise.all(FILES.map((file) => readFile(join(pin.source, file), 'utf8')));
	const { dependencies, optionalDependencies = {} } = JSON.parse(manifest) as Manifest;
	const fingerprint = createHash('sha256').update(lock).update(manifest).digest('hex').slice(0, 12);
	const folder = join(cacheFolder(), `n8n-${fingerprint}`);
	const runtime = {
		version: dependencies.n8n,
		node: findNode(folder, optionalDependencies, dependencies.n8n, pin.nodeNeeded),
		n8n: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		unusedModules: pin.unusedModules,
	};
	if (!existsSync(folder)) {
		await mkdir(dirname(folder), { recursive: true });
		await withLock(`${folder}.lock`, log, async () => {
			if (!existsSync(folder)) await install(pin, folder, runtime, log);
		});
	}
	return runtime;
}

interface Manifest {
	dependencies: { n8n: string };
	optionalDependencies?: Record<string, string>;
}

function choosePin(version: string | undefined): Pin {
	if (!version) return NEWEST;
	const pin = OLDER[version];
	if (pin) return pin;
	throw new Error(`VIDEOGRAPH_N8N_VERSION may be one of ${Object.keys(OLDER).join(', ')}, or left out for the newest`);
}

function findNode(folder: string, packages: Record<string, string>, version: string, needed: number): string {
	if (Number(process.versions.node.split('.')[0]) >= needed) return process.execPath;
	const name = `node-${process.platform}-${process.arch}`;
	if (name in packages) return join(folder, 'node_modules', name, 'bin', 'node');
	throw new Error(
		`n8n ${version} needs Node.js ${needed} or newer, and this is ${process.version}. ` +
			'Install it from https://nodejs.org and run this again.',
	);
}

/**
 * Installs into a folder of this process's own, and gives it its name when it is finished: what has the name is
 * complete, whatever else happens meanwhile.
 */
async function install({ source, npmFlags }: Pin, folder: string, runtime: Runtime, log: Log): Promise<void> {
	const unfinished = `${folder}.unfinished-${process.pid}`;
	const logFile = `${folder}.log`;
	const target = { folder: unfinished, node: runtime.node.replace(folder, unfinished), logFile };
	await removeUnfinished(folder);
	await rm(logFile, { force: true });
	await mkdir(unfinished);
	await Promise.all(FILES.map((file) => copyFile(join(source, file), join(unfinished, file))));
	log(`n8n ${runtime.version} is downloaded once (2.5 GB), into ${folder}`);
	try {
		// `npm ci` refuses a lock file in which the packages for other platforms are missing.
		const args = ['install', '--ignore-scripts', ...npmFlags, '--no-audit', '--no-fund'];
		const npmInstall = (): Promise<string> => run('npm', args, { cwd: unfinished, logFile });
		await step(log, `Installing n8n ${runtime.version}`, npmInstall, '2 to 4 minutes, only this time');
		const usually = 'seconds where it can be downloaded, else half a minute to compile it';
		await step(log, 'Adding its database driver', () => addSqlite(target), usually);
		// Older ones have none.
		if (existsSync(join(unfinished, 'node_modules', 'isolated-vm'))) await loadModule('isolated-vm', target);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\n\n${advice(error)}\nAll output is in ${logFile}`, { cause: error });
	}
	await rename(unfinished, folder);
}

/** Removes what earlier installs left behind that were broken off. */
async function removeUnfinished(folder: string): Promise<void> {
	const cache = dirname(folder);
	const prefix = `${basename(folder)}.unfinished-`;
	for (const name of await readdir(cache)) {
		const pid = Number(name.slice(prefix.length));
		if (!name.startsWith(prefix) || (pid !== process.pid && isAlive(pid))) continue;
		await rm(join(cache, name), { recursive: true, force: true, maxRetries: 5 });
	}
}

function advice(error: unknown): string {
	const output = error instanceof ProgramFailed ? error.output : '';
	if (/ENOSPC|no space left/i.test(output)) return 'The disk is full: free 3 GB and run this again.';
	if (/gyp ERR/.test(output)) return 'A C++ compiler is needed: install python3, make and g++, and run this again.';
	if (/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|network/.test(output)) {
		return 'npm could not reach its registry: see to the network and run this again.';
	}
	return 'Run this again; it starts afresh.';
}
