// The tests that are quick enough to run for hundreds of mutants. They load the sources and not what is built.
module.exports = {
	rootDir: '../..',
	testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
	roots: ['<rootDir>/test/mutation', '<rootDir>/test/unit', '<rootDir>/nodes/Videograph'],
	testMatch: ['<rootDir>/test/mutation/all.js'],
	setupFiles: ['<rootDir>/test/mutation/setup.js'],
	transform: { '\\.ts$': '<rootDir>/test/mutation/transpile.js' },
	moduleFileExtensions: ['ts', 'js', 'json'],
	testTimeout: 2000,
	watchman: false,
};
