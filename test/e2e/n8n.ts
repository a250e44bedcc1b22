import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from './n8nClient';
import { lastLines, track } from './processes';
import type { Runtime } from './runtime';

/** A running n8n server with nobody and nothing in it. */
export interface N8n {
	url: string;
	/** Of the server's process. */
	pid: number;
	client: N8nClient;
	/** What the server has printed so far; only the newest part of a long log. */
	log: () => string;
	stop: () => Promise<void>;
}

export interface N8nOptions {
	runtime: Runtime;
	/** Puts things into the user folder before the server starts. */
	prepare?: (userFolder: string) => Promise<void>;
	env?: NodeJS.ProcessEnv;
}

const START_MS = 180_000;
const STOP_MS = 10_000;
const LOG_KEPT = 10_000_000;

/** Variables of this process that n8n gets too. Not more: a developer's own n8n settings must not change the server. */
const INHERITED =
	/^(path|home|userprofile|systemroot|comspec|temp|tmp|tmpdir|lang|https?_proxy|node_extra_ca_certs)$/i;

/** n8n as in production, but asking nobody on the internet, and without what a Videograph workflow never uses. */
const QUIET = {
	NODE_ENV: 'production',
	GENERIC_TIMEZONE: 'UTC',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_ENCRYPTION_KEY: 'only-for-this-run',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents,chat-hub,mcp,otel,insights',
	// Without a runner Code nodes do not work, and a hundred megabytes are saved.
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'unused',
	// These three only keep warnings out of the log.
	N8N_RUNNERS_TASK_TIMEOUT: '300',
	N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: '268435456',
	N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
};

/** Starts an n8n server on free ports of 127.0.0.1, with a new folder of its own. */
export async function startN8n({ runtime, prepare, env }: N8nOptions): Promise<N8n> {
	// Outside of the project: in there, n8n would load the project's n8n-workflow instead of its own.
	const userFolder = await mkdtemp(join(tmpdir(), 'videograph-n8n-'));
	const removeFolder = (): void => rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
	process.once('exit', removeFolder);
	let server: ChildProcess | undefined;
	const stop = async (): Promise<void> => {
		if (server) await end(server);
		removeFolder();
		process.off('exit', removeFolder);
	};

	try {
		await prepare?.(userFolder);
		const [port, brokerPort] = await freePorts();
		const url = `http://127.0.0.1:${port}`;
		const inherited = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
		server = track(
			spawn(runtime.node, ['--require', join(__dirname, 'endWithParent.js'), runtime.n8n, 'start'], {
				cwd: userFolder,
				env: {
					...Object.fromEntries(inherited),
					...QUIET,
					// The emulator is reached directly even where there is a proxy.
					no_proxy: [process.env.no_proxy ?? process.env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(','),
					N8N_USER_FOLDER: userFolder,
					N8N_PORT: String(port),
					N8N_RUNNERS_BROKER_PORT: String(brokerPort),
					...env,
				},
				stdio: 'pipe',
			}),
		);
		const log = keepOutput(server);
		const client = new N8nClient(url);
		await untilReady(client, server, log);
		return { url, pid: server.pid ?? 0, client, log, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Two ports that are free now. Both are held until both are known, so that they differ. */
async function freePorts(): Promise<number[]> {
	const servers = [createServer(), createServer()];
	await Promise.all(servers.map((server) => once(server.listen(0, '127.0.0.1'), 'listening')));
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map((server) => once(server.close(), 'close')));
	return ports;
}

function keepOutput(server: ChildProcess): () => string {
	let kept = '';
	const keep = (text: string): void => {
		kept = (kept + text).slice(-LOG_KEPT);
	};
	server.stdout?.setEncoding('utf8').on('data', keep);
	server.stderr?.setEncoding('utf8').on('data', keep);
	server.once('error', (error) => keep(String(error)));
	return () => kept;
}

async function untilReady(client: N8nClient, server: ChildProcess, log: () => string): Promise<void> {
	const deadline = Date.now() + START_MS;
	while (!(await client.isReady())) {
		const ended = server.pid === undefined || hasEnded(server);
		if (ended || Date.now() > deadline) {
			const what = ended ? 'ended while it was starting' : `was not ready after ${START_MS / 1000} s`;
			throw new Error(`n8n ${what}. The end of its log:\n${lastLines(log(), 25)}`);
		}
		await sleep(200);
	}
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}

async function end(server: ChildProcess): Promise<void> {
	if (server.pid === undefined || hasEnded(server)) return;
	const ended = once(server, 'exit');
	server.kill('SIGTERM');
	const killer = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
	await ended;
	clearTimeout(killer);
}
