import fc from 'fast-check';
import { findOperation } from '../../nodes/Videograph/actions/router';
import { Engine } from '../engine/engine';
import { fuzzed, runFuzzed } from './fuzz';
import { targets } from './operations';

/** Runs every operation with random values. @param runs the number of executions of each */
export function fuzzTests(runs: number): void {
	let engine: Engine;

	beforeAll(async () => {
		engine = await Engine.load();
	});

	const rows = targets().filter(({ name }) => !name.includes(','));

	it.each(rows)('$name accepts any values, or names the parameter and the item', async (target) => {
		const operation = findOperation(target.resource, target.operation);
		if (!operation) throw new Error(`there is no ${target.name}`);
		const moment = Math.floor(Date.now() / 1000 - 3600) * 1000;
		await fc.assert(
			fc.asyncProperty(fuzzed(operation, moment), async (one) => {
				expect(await runFuzzed(engine, target, operation, one)).toEqual([]);
			}),
			{ numRuns: runs },
		);
	});
}
