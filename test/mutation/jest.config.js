// The tests that are quick enough to run for thousands of mutants. They load the sources and not what is built, so that
// jest knows which tests belong to a mutant's file.
module.exports = {
	rootDir: '../..',
	testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
	roots: ['<rootDir>/test/unit', '<rootDir>/nodes/Videograph'],
	// Not the tests that need ten thousands of values to say anything, and not that of the tests' own search for secrets.
	testMatch: ['<rootDir>/test/unit/*.test.ts', '!**/{highlights.sound,secrets}.test.ts'],
	setupFiles: ['<rootDir>/test/mutation/setup.js'],
	transform: { '\\.ts$': '<rootDir>/test/mutation/transpile.js' },
	moduleFileExtensions: ['ts', 'js', 'json'],
	watchman: false,
};
