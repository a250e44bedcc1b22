import fc from 'fast-check';
import { runMatrix } from '../faults/matrix';

/** Another seed selects other cases. `npm run test:faults` runs them all. */
const SEED = 20261123;
const FAULTS = 4;

jest.setTimeout(180_000);

describe('fault matrix', () => {
	it('a sample of operations and faults matches the model', async () => {
		const { count, unexpected, elsewhere } = await runMatrix((faults, row) => {
			const light = faults.filter(({ heavy }) => !heavy);
			// Another selection for each row, and the same in each run.
			const some = fc.shuffledSubarray(light, { minLength: FAULTS, maxLength: FAULTS });
			return fc.sample(some, { seed: SEED + row, numRuns: 1 }).flat();
		});
		process.stderr.write(
			`  ${count} cases of the fault matrix (seed ${SEED}), ${unexpected.length} of them unexpected\n`,
		);
		expect(unexpected).toEqual([]);
		expect(elsewhere).toEqual([]);
	});
});
