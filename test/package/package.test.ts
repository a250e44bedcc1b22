import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { errorsPage } from '../../tools/docs/errorsPage';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const files = (folder: string, ending: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
		.map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
const node = (script: string, ...args: string[]) =>
	spawnSync(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
		cwd: ROOT,
		encoding: 'utf8',
		// jest sets it to `test`, and a lint plug-in would then take every file for one of its own tests.
		env: { ...process.env, NODE_ENV: 'production' },
	});

interface Manifest {
	main: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
	peerDependencies: object;
	scripts: Record<string, string>;
	[field: string]: unknown;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

/** Modules that n8n gives to a community node at run time. */
const RUNTIME_MODULES = ['n8n-workflow', 'lodash', 'luxon', 'zod', 'p-limit', 'crypto'];

describe('npm package', () => {
	it('contains the built code, index.js and the standard documents, and nothing else', () => {
		const [{ files: packed }] = JSON.parse(
			execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
				cwd: ROOT,
				encoding: 'utf8',
				shell: process.platform === 'win32',
			}),
		) as [{ files: Array<{ path: string }> }];
		const paths = packed.map(({ path }) => path);
		expect(paths.filter((path) => !path.startsWith('dist/')).sort()).toEqual(
			['CHANGELOG.md', 'LICENSE', 'README.md', 'index.js', 'package.json'].sort(),
		);
		expect(paths.filter((path) => path.startsWith('dist/')).sort()).toEqual(files('dist', '').sort());
		expect(paths.filter((path) => !/\.(js|json|svg|md)$|LICENSE$/.test(path))).toEqual([]);
	});

	it('has no run-time dependencies and no install scripts', () => {
		for (const field of ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides', 'bin']) {
			expect(manifest).not.toHaveProperty(field);
		}
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
	});

	it('requires only its own files and modules that n8n provides at run time', () => {
		const required = files('dist', '.js').flatMap((file) =>
			[...read(file).matchAll(/\b(?:require|import)\(([^)]*)\)/g)].map(([, argument = '']) =>
				argument.replace(/^["']|["']$/g, ''),
			),
		);
		expect(required).toContain('luxon');
		expect(required.filter((name) => !name.startsWith('.') && !RUNTIME_MODULES.includes(name))).toEqual([]);
	});

	it('registers every node and credential that is built', () => {
		const built = files('dist', '.js').map((file) => file.replaceAll('\\', '/'));
		expect(manifest.n8n.nodes.slice().sort()).toEqual(built.filter((file) => file.endsWith('.node.js')).sort());
		expect(manifest.n8n.credentials.slice().sort()).toEqual(
			built.filter((file) => file.endsWith('.credentials.js')).sort(),
		);
	});

	it('exports its nodes and credentials from index.js', () => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- it is the published entry, in plain JavaScript
		expect(Object.keys(require(join(ROOT, manifest.main)) as object).sort()).toEqual([
			'Videograph',
			'VideographApi',
			'VideographTrigger',
		]);
	});

	it('has its version in the changelog', () => {
		expect(read('CHANGELOG.md')).toContain(`## ${manifest.version}`);
	});
});

it('passes the linters, without any inline exception', () => {
	expect(node('eslint/bin/eslint.js', '.', '--max-warnings', '0')).toMatchObject({ status: 0, stdout: '' });
}, 120_000);

it('has every error text in docs/errors.md', () => {
	expect(read('docs/errors.md')).toBe(errorsPage());
});

it('has the types of docs/openapi.yaml', () => {
	const { generate = '' } = manifest.scripts;
	expect(node('openapi-typescript/bin/cli.js', ...generate.split(' ').slice(1), '--check').status).toBe(0);
});
