import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, track } from './processes';

/** A program that runs until it is ended: an n8n server, a worker, a database. */
export interface Server {
	pid: number;
	/** What it has printed so far; only the newest part of a long log. */
	log: () => string;
	/** Asks it to end, and ends it where it does not. */
	stop: () => Promise<void>;
	/** Ends it as a crash does: it can finish nothing. */
	kill: () => Promise<void>;
}

export interface ServerOptions {
	/** What it is called in an error. */
	name: string;
	program: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	isReady: (log: string) => Promise<boolean> | boolean;
}

const START_MS = 180_000;
const STOP_MS = 10_000;
const LOG_KEPT = 10_000_000;

/** Starts a server and waits until it is ready. It does not outlive this process. */
export async function startServer({ name, program, args, cwd, env, isReady }: ServerOptions): Promise<Server> {
	const child = track(spawn(program, args, { cwd, env, stdio: 'pipe' }));
	const log = keepOutput(child);
	const stop = () => end(child, 'SIGTERM');
	const kill = () => end(child, 'SIGKILL');
	try {
		await untilReady(name, isReady, child, log);
		return { pid: child.pid ?? 0, log, stop, kill };
	} catch (error) {
		await stop();
		throw error;
	}
}

function keepOutput(child: ChildProcess): () => string {
	let kept = '';
	const keep = (text: string): void => {
		kept = (kept + text).slice(-LOG_KEPT);
	};
	child.stdout?.setEncoding('utf8').on('data', keep);
	child.stderr?.setEncoding('utf8').on('data', keep);
	child.once('error', (error) => keep(String(error)));
	return () => kept;
}

async function untilReady(
	name: string,
	isReady: ServerOptions['isReady'],
	child: ChildProcess,
	log: () => string,
): Promise<void> {
	const deadline = Date.now() + START_MS;
	while (!(await isReady(log()))) {
		const ended = child.pid === undefined || hasEnded(child);
		if (ended || Date.now() > deadline) {
			const what = ended ? 'ended while it was starting' : `was not ready after ${START_MS / 1000} s`;
			throw new Error(`${name} ${what}. The end of its log:\n${lastLines(log(), 25)}`);
		}
		await sleep(200);
	}
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
	if (child.pid === undefined || hasEnded(child)) return;
	const ended = once(child, 'exit');
	child.kill(signal);
	const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
	await ended;
	clearTimeout(killer);
}
