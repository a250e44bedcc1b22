// Makes a bare clone ready: installs the locked dependencies where they are missing or old, then builds the package
// (dist) and the tests (.build). Uses nothing but Node.js and npm, as it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed-from');
const windows = process.platform === 'win32';
const bin = (script) => join(root, 'node_modules', script);
const PROGRESS_MS = 5000;

/** Runs a program, and prints how long it has been running until it ends. @returns whether it succeeded */
async function step(title, command, args) {
	const started = Date.now();
	const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
	console.log(`• ${title} …`);
	const progress = setInterval(() => console.log(`  ${title}: ${seconds()} s …`), PROGRESS_MS);
	const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: windows });
	const problem = await new Promise((resolve) => {
		child.once('error', ({ message }) => resolve(message));
		child.once('close', (code) => resolve(code === 0 ? undefined : `${command} exited with code ${code}`));
	});
	clearInterval(progress);
	if (problem === undefined) console.log(`✓ ${title} (${seconds()} s)`);
	else console.error(`✗ ${title} failed: ${problem}`);
	return problem === undefined;
}

/** Runs steps at the same time, and ends this process if one fails. */
async function steps(...running) {
	if ((await Promise.all(running)).includes(false)) process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
	console.error(`✗ Node.js 20 or newer is needed, and this is ${process.version}. Get it from https://nodejs.org`);
	process.exit(1);
}

const lock = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
	const args = ['ci', '--prefer-offline', '--loglevel=error'];
	await steps(step('Installing the dependencies (about a minute, once)', 'npm', args));
	writeFileSync(stamp, lock);
}
// A test whose source is gone must not run on.
rmSync(join(root, '.build'), { recursive: true, force: true });
await steps(
	step('Building the package', process.execPath, [bin('gulp/bin/gulp.js'), '--silent', 'build']),
	step('Building the tests', process.execPath, [bin('typescript/bin/tsc'), '-p', 'test']),
);
