// Makes a bare clone ready: installs the locked dependencies where they are missing or old, then builds the package
// (dist) and the tests (.build). Uses nothing but Node.js and npm, as it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed-from');
const windows = process.platform === 'win32';

function step(title, command, args) {
	const started = Date.now();
	console.log(`• ${title} …`);
	const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: windows });
	if (error ?? status !== 0) {
		console.error(`✗ ${title} failed: ${error?.message ?? `${command} ended with code ${status}`}`);
		process.exit(1);
	}
	console.log(`✓ ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
	console.error(`✗ Node.js 20 or newer is needed, and this is ${process.version}. Get it from https://nodejs.org`);
	process.exit(1);
}

const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
	step('Installing the dependencies (about a minute, once)', 'npm', ['ci', '--loglevel=error']);
	writeFileSync(stamp, lock);
}
step('Building the package', process.execPath, [join(root, 'node_modules/gulp/bin/gulp.js'), '--silent', 'build']);
// A test whose source is gone must not run on.
rmSync(join(root, '.build'), { recursive: true, force: true });
step('Building the tests', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'test']);
