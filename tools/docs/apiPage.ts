import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Runs Redocly's command line from the root of the project, with redocly.yaml. It sends nothing anywhere. */
export function redocly(...args: string[]): { status: number | null; stdout: string; stderr: string } {
	return spawnSync(process.execPath, [join(ROOT, 'node_modules/@redocly/cli/bin/cli.js'), ...args], {
		cwd: ROOT,
		encoding: 'utf8',
		env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
	});
}

/** Writes docs/openapi.yaml as a page for people. */
export function writeApiPage(file: string): void {
	const { status, stderr } = redocly('build-docs', 'docs/openapi.yaml', '--output', file);
	if (status !== 0) throw new Error(`The page of the API could not be built: ${stderr}`);
}
