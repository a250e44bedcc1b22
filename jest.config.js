// The tests are compiled by `tsc -p test` (see test/setup.mjs): compiling n8n-core's types inside jest is ten times slower.
const kind = (name) => ({
	displayName: name,
	testEnvironment: 'node',
	roots: [`<rootDir>/.build/test/${name}`],
	testMatch: ['**/*.test.js'],
});

module.exports = {
	projects: ['unit', 'engine', 'contract', 'package', 'e2e'].map(kind),
};
