import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './progress';

const REFRESH_MS = 5_000;
/** A lock that was not refreshed for so long is abandoned, whoever has its process id now. */
const ABANDONED_MS = 60_000;

/** Does a job while no other process does: whoever makes the folder `lock` goes first, the others wait. */
export async function withLock<T>(lock: string, log: Log, job: () => Promise<T>): Promise<T> {
	for (let told = false; !take(lock); told = true) {
		if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
		else if (!told) log('• Another process is installing the same just now; waiting for it …');
		await sleep(500);
	}
	const refresh = setInterval(() => {
		utimes(lock, new Date(), new Date()).catch(() => undefined);
	}, REFRESH_MS);
	try {
		return await job();
	} finally {
		clearInterval(refresh);
		rmSync(lock, { recursive: true, force: true });
	}
}

function take(lock: string): boolean {
	try {
		mkdirSync(lock);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
	writeFileSync(join(lock, 'pid'), String(process.pid));
	return true;
}

function isAbandoned(lock: string): boolean {
	try {
		if (Date.now() - statSync(lock).mtimeMs > ABANDONED_MS) return true;
		return !isAlive(Number(readFileSync(join(lock, 'pid'), 'utf8')));
	} catch {
		// Gone by now, or its holder has not written its id yet.
		return false;
	}
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
