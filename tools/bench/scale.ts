import type { Log } from '../../test/e2e/progress';
import type { Api } from './api';
import type { Home } from './home';

/** How much is measured. */
export interface Scale {
	rounds: number;
	/** Items of the large run of creates, and of the run for memory. */
	many: number;
	mostMany: number;
	waited: number;
	limited: number;
	uploadMib: number;
	downloadMib: number;
	/** Calls of a webhook in a round. */
	calls: number;
}

export const FULL: Scale = {
	rounds: 5,
	many: 1000,
	mostMany: 10_000,
	waited: 50,
	limited: 100,
	uploadMib: 1024,
	downloadMib: 1024,
	calls: 60,
};
/** To see that the bench itself is well; its figures mean little. */
export const QUICK: Scale = {
	rounds: 1,
	many: 200,
	mostMany: 1000,
	waited: 10,
	limited: 20,
	uploadMib: 64,
	downloadMib: 128,
	calls: 10,
};

/** What every part of the bench works with. */
export interface Bench {
	scale: Scale;
	api: Api;
	home: Home;
	log: Log;
}

/**
 * Measures everything in each round, in alternating order: what comes first has no advantage, and what else the machine
 * does meanwhile is there for all.
 */
export async function inRounds<K extends string, T>(
	{ scale, log }: Pick<Bench, 'scale' | 'log'>,
	title: string,
	names: readonly K[],
	measure: (name: K, round: number) => Promise<T>,
): Promise<Record<K, T[]>> {
	const measured = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<K, T[]>;
	for (let round = 0; round < scale.rounds; round++) {
		log(`${title}: round ${round + 1} of ${scale.rounds}`);
		for (const name of round % 2 === 0 ? names : [...names].reverse()) {
			measured[name].push(await measure(name, round));
		}
	}
	return measured;
}
