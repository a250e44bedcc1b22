import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../test/e2e/processes';
import { projectRoot } from '../../test/e2e/project';
import { makeTemporaryFolder } from '../../test/e2e/temporaryFolder';

/** Two packages of n8n that belong together. */
export interface EngineVersion {
	core: string;
	workflow: string;
}

const COPIED = ['.build', 'dist', 'package.json', 'jest.config.js', 'docs', 'test/fixtures', 'workflows'];

/**
 * Makes a copy of the built project that finds another version of n8n's engine, and everything else where the project
 * does.
 *
 * @param job gets the copy's folder, which is gone afterwards
 */
export async function withEngine<T>(
	{ core, workflow }: EngineVersion,
	job: (folder: string) => Promise<T>,
): Promise<T> {
	const { path: outside, remove } = await makeTemporaryFolder('videograph-engine-');
	try {
		// Node.js resolves a package in the copy first, then in the folder around it.
		const folder = join(outside, 'project');
		const installed = join(outside, 'engine');
		await Promise.all([mkdir(folder), mkdir(installed)]);
		await symlink(join(projectRoot, 'node_modules'), join(outside, 'node_modules'), 'junction');
		await Promise.all(
			COPIED.map(async (name) => await cp(join(projectRoot, name), join(folder, name), { recursive: true })),
		);
		const dependencies = { 'n8n-core': core, 'n8n-workflow': workflow };
		await writeFile(join(installed, 'package.json'), JSON.stringify({ private: true, dependencies }));
		const quietly = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
		await run('npm', ['install', '--ignore-scripts', ...quietly], { cwd: installed });
		await symlink(join(installed, 'node_modules'), join(folder, 'node_modules'), 'junction');
		return await job(folder);
	} finally {
		remove();
	}
}
