import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../e2e/server';

/** The ids of the executions that a worker has started and not finished, from its log. */
export function underWay({ log }: Pick<Server, 'log'>): string[] {
	const text = log();
	const ids = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, id = '']) => id);
	const ended = new Set(ids(/Worker (?:finished|errored while running) execution (\d+)/g));
	return ids(/Worker started execution (\d+)/g).filter((id) => !ended.has(id));
}

/** Waits until a worker has something to do, or nothing, as `fits` says. Jest ends this where it lasts too long. */
export async function untilUnderWay(worker: Server, fits: (count: number) => boolean): Promise<void> {
	while (!fits(underWay(worker).length)) await sleep(10);
}
