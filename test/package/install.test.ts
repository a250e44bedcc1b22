import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../e2e/project';
import { composeFile } from './composeFile';
import { N8N_ENVIRONMENT } from './n8nEnvironment';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const pages = ['README.md', 'SECURITY.md', 'docs/install.md', 'docs/queue-mode.md'];

describe.each(['install', 'queue-mode'])('docs/%s/docker-compose.yml', (folder) => {
	const { n8n, services, variables, example, text } = composeFile(folder);

	it('sets only variables of n8n that are listed with their source', () => {
		const runners = Object.values(services).filter(({ image }) => image.startsWith('n8nio/runners:'));
		const names = [...n8n.map(([, service]) => service), ...runners].flatMap(({ environment }) =>
			Object.keys(environment),
		);
		expect(names.length).toBeGreaterThan(5);
		expect(names.filter((name) => !(name in N8N_ENVIRONMENT))).toEqual([]);
	});

	it('works on n8n 2 and 3: loads unverified nodes, and does not store files in memory', () => {
		for (const [, { environment }] of n8n) {
			expect(environment).toMatchObject({ N8N_UNVERIFIED_PACKAGES_ENABLED: 'true' });
			expect(environment.N8N_DEFAULT_BINARY_DATA_MODE).not.toBe('default');
		}
		expect(text).not.toContain('binaryData:');
	});

	it('stores the whole folder of n8n in a volume', () => {
		for (const [, { volumes = [] }] of n8n)
			expect(volumes).toEqual([expect.stringMatching(/^[\w-]+:\/home\/node\/\.n8n$/)]);
	});

	it('holds no secret, and .env.example names every variable to set', () => {
		expect(Object.keys(example).sort()).toEqual([...variables].sort());
		const secrets = Object.entries(example).filter(([name]) => /KEY|TOKEN|PASSWORD/.test(name));
		expect(secrets.length).toBeGreaterThan(0);
		for (const [, value] of secrets) expect(value).toBe('');
	});
});

describe('docs/install/docker-compose.yml', () => {
	const { services, n8n } = composeFile('install');

	it('runs n8n and its task runner in the same version, with the same token', () => {
		expect(Object.keys(services).sort()).toEqual(['n8n', 'runner']);
		const [, main] = n8n[0] ?? [];
		expect(services.runner?.image.split(':').slice(1)).toEqual(main?.image.split(':').slice(1));
		expect(services.runner?.environment.N8N_RUNNERS_AUTH_TOKEN).toBe(main?.environment.N8N_RUNNERS_AUTH_TOKEN);
	});
});

describe('environment variables of n8n', () => {
	it.each(pages)('%s names only those that are listed with their source', (page) => {
		const names = read(page).match(/\b(?:N8N|QUEUE|DB|EXECUTIONS|OFFLOAD|GENERIC|WEBHOOK)_[A-Z0-9_]+\b/g) ?? [];
		const settings = Object.keys(composeFile('install').example);
		expect(names.filter((name) => !(name in N8N_ENVIRONMENT) && !settings.includes(name))).toEqual([]);
	});

	it('are read by the file that the list names, if its package is installed', () => {
		const core = createRequire(require.resolve('n8n-core'));
		const folders = new Map([
			['@n8n/config', join(core.resolve('@n8n/config/package.json'), '..')],
			['n8n-core', join(require.resolve('n8n-core/package.json'), '..')],
		]);
		const checked = Object.entries(N8N_ENVIRONMENT).flatMap(([name, { source }]) => {
			const [, owner = '', file = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(source) ?? [];
			const folder = folders.get(owner);
			return folder === undefined ? [] : [{ name, code: readFileSync(join(folder, file), 'utf8') }];
		});
		expect(checked.length).toBeGreaterThan(15);
		expect(
			checked.filter(({ name, code }) => !new RegExp(`['.]${name}\\b`).test(code)).map(({ name }) => name),
		).toEqual([]);
	});
});
