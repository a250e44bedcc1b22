import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../e2e/processes';
import { projectRoot } from '../e2e/project';

/** What became of the tests of one project of jest. */
export interface Outcome {
	passed: number;
	failed: number;
	/** Names of the tests that failed, or why there is no outcome. */
	problems: string[];
	seconds: number;
}

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	testResults: Array<{ message: string; assertionResults: Array<{ status: string; fullName: string }> }>;
}

/**
 * Runs the tests of one project of jest.
 *
 * @param folder of the built project
 * @param timeoutMs ends the run: with an older engine jest may go on for ever after the last test
 */
export async function runJest(
	project: string,
	folder: string,
	timeoutMs: number,
	env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
	const started = Date.now();
	const reports = await mkdtemp(join(tmpdir(), 'videograph-report-'));
	const file = join(reports, 'report.json');
	try {
		const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
		const args = ['--selectProjects', project, '--forceExit', '--json', '--outputFile', file];
		const failure = await run(process.execPath, [jest, ...args], { cwd: folder, timeoutMs, env }).then(() => undefined, String);
		const seconds = (Date.now() - started) / 1000;
		if (!existsSync(file)) return { passed: 0, failed: 0, problems: [failure ?? 'jest has left no report'], seconds };
		const report = JSON.parse(await readFile(file, 'utf8')) as Report;
		return { passed: report.numPassedTests, failed: report.numFailedTests, problems: problemsOf(report), seconds };
	} finally {
		await rm(reports, { recursive: true, force: true });
	}
}

function problemsOf({ testResults }: Report): string[] {
	return testResults.flatMap(({ message, assertionResults }) => {
		const failed = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
		// A file that could not be loaded has no tests.
		return assertionResults.length === 0 ? [message] : failed;
	});
}
