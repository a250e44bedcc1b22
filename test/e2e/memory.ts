import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { run } from './processes';

const SAMPLE_MS = 50;

/** The resident memory of a process, in bytes. */
export async function memoryOf(pid: number): Promise<number> {
	const file = `/proc/${pid}/status`;
	const text = existsSync(file)
		? (/VmRSS:\s*(\d+) kB/.exec(await readFile(file, 'utf8'))?.[1] ?? '')
		: await run('ps', ['-o', 'rss=', '-p', String(pid)], { cwd: '.' });
	return Number(text) * 1024;
}

/**
 * Watches the memory of a process.
 *
 * @returns what ends the watch, and gives the most that the process had, in bytes
 */
export function watchMemory(pid: number): () => number {
	let most = 0;
	const timer = setInterval(() => {
		memoryOf(pid).then(
			(bytes) => {
				most = Math.max(most, bytes);
			},
			() => undefined,
		);
	}, SAMPLE_MS);
	return () => {
		clearInterval(timer);
		return most;
	};
}
