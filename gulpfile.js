const { copyFile, rm } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const { build } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');

/** Files that dist needs beside the compiled code: icons, codex files and output schemas. */
const ASSETS = ['{nodes,credentials}/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

const TSC = [require.resolve('typescript/bin/tsc'), '-p', '.'];

/** Runs Node.js. It does not outlive gulp. */
function node(...args) {
	const child = spawn(process.execPath, args, { stdio: 'inherit' });
	process.once('exit', () => child.kill());
	return child;
}

/** The media library as one file of the package, which has no dependencies (see tools/bundle). */
async function bundle() {
	const folder = 'dist/nodes/Videograph/media';
	// What n8n does not allow in a node is replaced.
	const define = {
		globalThis: 'libraryGlobal',
		self: 'libraryGlobal',
		window: 'libraryGlobal',
		setTimeout: 'libraryTimeout',
	};
	await build({
		entryPoints: ['tools/bundle/mediabunny.ts'],
		outfile: `${folder}/mediabunny.js`,
		bundle: true,
		minify: true,
		platform: 'browser',
		format: 'cjs',
		target: 'es2022',
		drop: ['console'],
		define,
		inject: ['tools/bundle/shim.ts'],
		external: ['n8n-workflow'],
		legalComments: 'eof',
		logLevel: 'warning',
	});
	await copyFile('node_modules/mediabunny/LICENSE', `${folder}/mediabunny.LICENSE`);
}

const clean = () => rm('dist', { recursive: true, force: true });

const compile = () => node(...TSC);

// Without `encoding: false` gulp 5 would read an image as text and break it.
const assets = () => src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));

/** Runs n8n and compiles what changes, until Ctrl+C or the end of n8n. n8n reloads the nodes when dist changes. */
function dev(running) {
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
	node(...TSC, '--watch', '--preserveWatchOutput');
	watch(ASSETS, assets);
	node('.build/test/e2e/dev.js').once('exit', (code) => process.exit(code ?? 1));
	running();
}

exports.build = series(clean, parallel(compile, bundle, assets));
exports.dev = dev;
exports.default = exports.build;
