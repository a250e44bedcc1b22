import { join } from 'node:path';
import { N8nClient } from './n8nClient';
import { freePorts } from './ports';
import type { Runtime } from './runtime';
import { type Server, startServer } from './server';
import { makeTemporaryFolder, type TemporaryFolder } from './temporaryFolder';

/** A running n8n that takes requests: all of a single n8n, or the main process of a queue. */
export interface N8n extends Server {
	url: string;
	client: N8nClient;
}

/** What every process of one n8n shares. */
export interface N8nOptions {
	runtime: Runtime;
	/** Where its settings, its community nodes and, unless it has another database, its data are. */
	userFolder: string;
	env?: NodeJS.ProcessEnv;
	/** Further modules that the process loads before n8n. */
	preload?: string[];
}

/** Variables of this process that n8n gets too. Not more: a developer's own n8n settings must not change the server. */
const INHERITED = /^(path|home|userprofile|systemroot|comspec|temp|tmp|tmpdir|lang|https?_proxy|node_extra_ca_certs)$/i;

/** n8n as in production, but without requests to the internet and without features that no Videograph workflow uses. */
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
	// Without a runner Code nodes do not work, and a hundred megabytes are saved.
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'unused',
	// These three only keep warnings out of the log.
	N8N_RUNNERS_TASK_TIMEOUT: '300',
	N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: '268435456',
	N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
};

/**
 * Starts an n8n server without users and workflows, in a new folder.
 *
 * @param prepare prepares the user folder before the server starts
 */
export async function startN8n({
	prepare,
	...options
}: Omit<N8nOptions, 'userFolder'> & { prepare?: (userFolder: string) => Promise<void> }): Promise<N8n> {
	const folder = await makeUserFolder();
	try {
		await prepare?.(folder.path);
		const main = await startMain({ ...options, userFolder: folder.path });
		const stop = async (): Promise<void> => {
			await main.stop();
			folder.remove();
		};
		return { ...main, stop };
	} catch (error) {
		folder.remove();
		throw error;
	}
}

/** Creates a folder for one n8n, outside of the project: inside, n8n would load the project's n8n-workflow. */
export async function makeUserFolder(): Promise<TemporaryFolder> {
	return await makeTemporaryFolder('videograph-n8n-');
}

/** Starts the process of n8n that has the editor, the API and the webhooks, on a free port of 127.0.0.1 or on the given one. */
export async function startMain(options: N8nOptions & { port?: number }): Promise<N8n> {
	const [free = 0, brokerPort = 0] = await freePorts(2);
	const { port = free } = options;
	const url = `http://127.0.0.1:${port}`;
	const client = new N8nClient(url);
	const env = { ...options.env, N8N_PORT: String(port), N8N_RUNNERS_BROKER_PORT: String(brokerPort) };
	const server = await startProcess('n8n', ['start'], { ...options, env }, () => client.isReady());
	return { ...server, url, client };
}

/**
 * Starts a process of n8n that takes executions from a queue.
 *
 * @param concurrency how many executions it works on at once
 */
export async function startWorker(options: N8nOptions, concurrency: number): Promise<Server> {
	const [port = 0, brokerPort = 0] = await freePorts(2);
	const env = {
		...options.env,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	};
	const isReady = (): Promise<boolean> =>
		fetch(`http://127.0.0.1:${port}/healthz/readiness`).then(
			({ ok }) => ok,
			() => false,
		);
	const args = ['worker', `--concurrency=${concurrency}`];
	return await startProcess('An n8n worker', args, { ...options, env }, isReady);
}

async function startProcess(
	name: string,
	args: string[],
	{ runtime, userFolder, env, preload = [] }: N8nOptions,
	isReady: () => Promise<boolean>,
): Promise<Server> {
	const inherited = Object.entries(process.env).filter(([variable]) => INHERITED.test(variable));
	const modules = [join(__dirname, 'endWithParent.js'), ...preload];
	return await startServer({
		name,
		program: runtime.node,
		args: [...modules.flatMap((module) => ['--require', module]), runtime.n8n, ...args],
		cwd: userFolder,
		env: {
			...Object.fromEntries(inherited),
			...QUIET,
			// The emulator is reached directly even where there is a proxy.
			no_proxy: [process.env.no_proxy ?? process.env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(','),
			N8N_USER_FOLDER: userFolder,
			N8N_DISABLED_MODULES: runtime.unusedModules,
			...env,
		},
		isReady,
	});
}
