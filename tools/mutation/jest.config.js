// The tests that are quick enough to run for hundreds of mutants. They load the sources and not what is built.
module.exports = {
	rootDir: '../..',
	testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
	roots: ['<rootDir>/tools/mutation', '<rootDir>/test/unit', '<rootDir>/nodes/Videograph'],
	testMatch: ['<rootDir>/tools/mutation/all.js'],
	setupFiles: ['<rootDir>/tools/mutation/setup.js'],
	transform: { '\\.ts$': '<rootDir>/tools/mutation/transpile.js' },
	moduleFileExtensions: ['ts', 'js', 'json'],
	testTimeout: 2000,
	watchman: false,
};
