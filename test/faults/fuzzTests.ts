import fc from 'fast-check';
import { findOperation } from '../../nodes/Videograph/actions/router';
import { Engine } from '../engine/engine';
import { fuzzed, playFuzzed } from './fuzz';
import { targets } from './operations';

/** Feeds every operation with any values. @param runs how often each */
export function fuzzTests(runs: number): void {
	let engine: Engine;

	beforeAll(async () => {
		engine = await Engine.load();
	});

	const played = targets().filter(({ name }) => !name.includes(','));

	it.each(played)('$name takes any values, or names the parameter and the item', async (target) => {
		const operation = findOperation(target.resource, target.operation);
		if (!operation) throw new Error(`there is no ${target.name}`);
		const moment = Math.floor(Date.now() / 1000 - 3600) * 1000;
		await fc.assert(
			fc.asyncProperty(fuzzed(operation, moment), async (one) => {
				expect(await playFuzzed(engine, target, operation, one)).toEqual([]);
			}),
			{ numRuns: runs },
		);
	});
}
