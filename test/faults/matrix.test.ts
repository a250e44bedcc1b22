import { runMatrix } from './matrix';

jest.setTimeout(60 * 60_000);

describe('fault matrix', () => {
	it('every operation with every fault matches the model', async () => {
		const started = Date.now();
		const { count, unexpected, elsewhere } = await runMatrix((faults) => faults);
		const seconds = Math.round((Date.now() - started) / 1000);
		process.stderr.write(
			`  ${count} cases of the fault matrix in ${seconds} s, ${unexpected.length} of them unexpected\n`,
		);
		expect(unexpected).toEqual([]);
		expect(elsewhere).toEqual([]);
	});
});
