import { playMatrix } from './matrix';

jest.setTimeout(60 * 60_000);

it('every operation meets every fault as the model says', async () => {
	const started = Date.now();
	const { count, unexpected, elsewhere } = await playMatrix((faults) => faults);
	const seconds = Math.round((Date.now() - started) / 1000);
	process.stderr.write(`  ${count} cases of the fault matrix in ${seconds} s, ${unexpected.length} of them unexpected\n`);
	expect(unexpected).toEqual([]);
	expect(elsewhere).toEqual([]);
});
