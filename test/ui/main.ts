import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../e2e/project';
import { PICTURES } from './pictures';

/**
 * Runs the tests in a browser. With --screenshots they also write the pictures of the documentation to docs/images/;
 * all other arguments go to jest.
 */
const SCREENSHOTS = '--screenshots';
const args = process.argv.slice(2);
const env = { ...process.env, ...(args.includes(SCREENSHOTS) && { [PICTURES]: join(projectRoot, 'docs', 'images') }) };
const jest = [join(projectRoot, 'node_modules/jest/bin/jest.js'), '--selectProjects', 'ui', '--runInBand'];
const { status } = spawnSync(process.execPath, [...jest, ...args.filter((arg) => arg !== SCREENSHOTS)], {
	cwd: projectRoot,
	env,
	stdio: 'inherit',
});
process.exitCode = status ?? 1;
