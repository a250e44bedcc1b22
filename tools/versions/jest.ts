import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLines, track } from '../../test/e2e/processes';
import { projectRoot } from '../../test/e2e/project';
import { makeTemporaryFolder } from '../../test/e2e/temporaryFolder';

/** What became of the tests of one project of jest. */
export interface Outcome {
	passed: number;
	failed: number;
	/** The tests that failed, each with how its failure begins, or why there is no outcome. */
	problems: string[];
	seconds: number;
}

interface Report {
	numPassedTests: number;
	numFailedTests: number;
	testResults: Array<{
		message: string;
		assertionResults: Array<{ status: string; fullName: string; failureMessages: string[] }>;
	}>;
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
	const { path: reports, remove } = await makeTemporaryFolder('videograph-report-');
	const file = join(reports, 'report.json');
	const output = join(reports, 'output.txt');
	// A file and no pipe: what a test has started and left behind would hold a pipe open.
	const out = await open(output, 'w');
	try {
		const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
		const args = [jest, '--selectProjects', project, '--forceExit', '--json', '--outputFile', file];
		const child = track(
			spawn(process.execPath, args, {
				cwd: folder,
				env: { ...process.env, ...env },
				timeout: timeoutMs,
				stdio: ['ignore', out.fd, out.fd],
			}),
		);
		await once(child, 'close');
		const seconds = (Date.now() - started) / 1000;
		if (!existsSync(file)) {
			const problem = lastLines(await readFile(output, 'utf8'), 15) || 'jest has said nothing';
			return { passed: 0, failed: 0, problems: [problem], seconds };
		}
		const report = JSON.parse(await readFile(file, 'utf8')) as Report;
		return { passed: report.numPassedTests, failed: report.numFailedTests, problems: problemsOf(report), seconds };
	} finally {
		await out.close();
		remove();
	}
}

function problemsOf({ testResults }: Report): string[] {
	return testResults.flatMap(({ message, assertionResults }) => {
		const failed = assertionResults
			.filter(({ status }) => status === 'failed')
			.map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n').slice(0, 600)}`);
		// A file that could not be loaded has no tests.
		return assertionResults.length === 0 ? [message] : failed;
	});
}
