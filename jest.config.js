// The tests are compiled by `tsc -p test` (see test/setup.mjs): compiling n8n-core's types inside jest is ten times slower.
const kind = (name, more) => ({
	displayName: name,
	testEnvironment: 'node',
	roots: [`<rootDir>/.build/test/${name}`],
	testMatch: ['**/*.test.js'],
	transform: {},
	...more,
});

// The bundled library is only in dist.
const moduleNameMapper = { '^\\./mediabunny$': '<rootDir>/dist/nodes/Videograph/media/mediabunny.js' };

const environment = { setupFiles: ['<rootDir>/.build/test/engine/environment.js'] };

module.exports = {
	projects: [
		kind('unit', { moduleNameMapper }),
		kind('engine', environment),
		kind('together', environment),
		kind('units', { moduleNameMapper }),
		kind('contract'),
		kind('package'),
		// All cases of the tests that play random ones, too: see test/cases.ts.
		kind('faults', {
			...environment,
			moduleNameMapper,
			roots: ['<rootDir>/.build/test'],
			testMatch: ['**/{faults,unit}/*.test.js', '**/engine/triggerDays.test.js'],
			globals: { ALL_CASES: true },
		}),
		kind('e2e'),
		kind('queue'),
		kind('ui'),
	],
};
