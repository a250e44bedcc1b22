import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** Lints two folders with all of n8n's rules, on a machine that may be busy. */
jest.setTimeout(120_000);

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'videograph-scan-'));
	const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
	const tarball = execFileSync('npm', pack, {
		cwd: ROOT,
		encoding: 'utf8',
		shell: process.platform === 'win32',
	}).trim();
	execFileSync('tar', ['-xzf', tarball], { cwd: folder });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("passes n8n's own scan of published packages, the source as well as the published files", () => {
	const script = join(ROOT, 'test/package/scan.mjs');
	const found = execFileSync(process.execPath, [script, ROOT, join(folder, 'package')], {
		cwd: ROOT,
		encoding: 'utf8',
		// jest sets it to `test`, and a lint plug-in would then take every file for one of its own tests.
		env: { ...process.env, NODE_ENV: 'production' },
	});
	expect(found).toBe('');
});
