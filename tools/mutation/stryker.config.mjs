// Mutation testing of what decides, repeats and computes: `npm run test:mutation`.
export default {
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { projectType: 'custom', configFile: 'tools/mutation/jest.config.js', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	mutate: ['nodes/Videograph/{api,clip,execution,idempotency,polling}/**/*.ts', '!**/*.d.ts', '!**/types.ts'],
	// The texts of messages are held by docs/errors.md: a test that repeats each of them would find nothing more.
	mutator: { excludedMutations: ['StringLiteral'] },
	ignorePatterns: ['/dist', '/.build', '/workflows', '/test/e2e', '/test/ui', '/test/queue'],
	// A constant is made when its file is loaded, so that each of its mutants would have all tests run.
	ignoreStatic: true,
	concurrency: 2,
	// A mutant that never ends is found by how often it runs; the time is for what waits. The machine may be busy.
	timeoutMS: 8000,
	// What jest has loaded for a mutant stays in memory.
	maxTestRunnerReuse: 60,
	reporters: ['progress-append-only', 'clear-text', 'json'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
	jsonReporter: { fileName: '.build/mutation.json' },
	tempDirName: '.build/stryker',
	allowConsoleColors: false,
};
