import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from './processes';

/** An n8n that is being installed. */
export interface Target {
	folder: string;
	/** The Node.js that will run it. */
	node: string;
	logFile: string;
}

/**
 * Gets n8n its database driver, the one native module that npm does not bring ready-made: a finished one where the
 * network allows the download, else one that is compiled here.
 *
 * Its own install script is not used: that takes the node-gyp beside n8n, which is too old for Python 3.12.
 */
export async function addSqlite(target: Target): Promise<void> {
	const { folder, logFile } = target;
	const cwd = join(folder, 'node_modules', 'sqlite3');
	try {
		const download = createRequire(join(cwd, 'package.json')).resolve('prebuild-install/bin.js');
		await run(process.execPath, [download, '-r', 'napi'], { cwd, logFile, timeoutMs: 60_000 });
		// The download may want a newer C library than is here.
		await loadModule('sqlite3', target);
	} catch {
		await compile(cwd, logFile);
		await loadModule('sqlite3', target);
	}
}

/** Fails where a native module does not work with the Node.js that will run n8n. */
export async function loadModule(name: string, { folder, node, logFile }: Target): Promise<void> {
	await run(node, ['-e', `require('${name}')`], { cwd: folder, logFile });
}

/**
 * Compiles with the headers of the Node.js that runs this, not of the one that will run n8n: made with older headers
 * the driver loads in both, made with newer ones it crashes the older.
 */
async function compile(cwd: string, logFile: string): Promise<void> {
	const settings = await run('npm', ['config', 'get', 'node-gyp', 'nodedir'], { cwd, logFile });
	const setting = (name: string): string | undefined =>
		new RegExp(`^${name}=(?!undefined$|null$)(.+)$`, 'm').exec(settings)?.[1];
	const nodeGyp = setting('node-gyp');
	if (nodeGyp === undefined) throw new Error('This npm has no node-gyp. Install Node.js anew from https://nodejs.org');
	const nodedir = setting('nodedir');
	await run(process.execPath, [nodeGyp, 'rebuild'], {
		cwd,
		logFile,
		env: {
			JOBS: 'max',
			// Compiles in half the time, and is fast enough for a database of a few rows.
			CFLAGS: '-O1',
			CXXFLAGS: '-O1',
			...(nodedir !== undefined && { npm_config_nodedir: nodedir }),
		},
	});
}
