import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../test/e2e/project';
import type { Runtime } from '../../test/e2e/runtime';

/** Where candidates run. */
export interface Home {
	folder: string;
	/** The script of a candidate's process. */
	script: string;
	node: string;
	remove: () => Promise<void>;
}

/**
 * A folder with the built package and the built bench, whose modules are those of an installed n8n: so every candidate
 * runs on the same engine, in the same Node.js and with the same libraries as in that n8n, and n8n's own nodes are there.
 */
export async function makeHome({ node, n8n }: Runtime): Promise<Home> {
	const folder = await mkdtemp(join(tmpdir(), 'videograph-bench-'));
	const copied = ['package.json', 'dist', join('.build', 'test'), join('.build', 'tools')];
	await Promise.all(copied.map((name) => cp(join(projectRoot, name), join(folder, name), { recursive: true })));
	const modules = dirname(dirname(dirname(n8n)));
	await symlink(modules, join(folder, 'node_modules'), 'junction');
	const remove = async (): Promise<void> => await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	return { folder, script: join(folder, '.build', 'tools', 'bench', 'candidateProcess.js'), node, remove };
}
