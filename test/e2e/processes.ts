import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const windows = process.platform === 'win32';

const running = new Set<ChildProcess>();

// The last resort: whatever way this process ends, what it started ends with it.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Sees to it that a child does not outlive this process. */
export function track<T extends ChildProcess>(child: T): T {
	running.add(child);
	child.once('close', () => running.delete(child));
	return child;
}

export interface RunOptions {
	cwd: string;
	/** Added to the variables of this process. */
	env?: NodeJS.ProcessEnv;
	/** Gets everything that the program prints. */
	logFile?: string;
	timeoutMs?: number;
}

/** A program that could not be started, or ended with another code than 0. */
export class ProgramFailed extends Error {
	constructor(
		message: string,
		readonly output: string,
	) {
		super(`${message}\n${lastLines(output, 15)}`.trimEnd());
	}
}

export function lastLines(text: string, count: number): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** Runs a program to its end and gives what it wrote to its standard output. */
export async function run(program: string, args: string[], options: RunOptions): Promise<string> {
	const { cwd, env, logFile, timeoutMs } = options;
	const child = track(
		spawn(program, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
			timeout: timeoutMs,
			// On Windows npm is a batch file, which only a shell can run.
			shell: windows && program === 'npm',
		}),
	);
	let stdout = '';
	let output = '';
	const keep = (text: string): void => {
		output += text;
		if (logFile) appendFileSync(logFile, text);
	};
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		keep(text);
	});
	child.stderr.setEncoding('utf8').on('data', keep);
	const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
		child.once('error', (error) => reject(new ProgramFailed(`${program} could not be started: ${error.message}`, '')));
		child.once('close', (status, signal) => resolve(status ?? signal));
	});
	if (code === 0) return stdout;
	throw new ProgramFailed(`${[program, ...args].join(' ')} ended with ${code}`, output);
}
