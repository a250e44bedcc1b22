import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { name } from '../../package.json';
import { run } from './processes';
import { projectRoot } from './project';

interface PackageJson {
	name: string;
	version: string;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
}

/** The folder of the installed project in the user folder of an n8n. */
export function packageFolderIn(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes', 'node_modules', name);
}

/**
 * Installs the project for one n8n, step by step as n8n's own installer of community nodes does, but from the tarball
 * that would be published. n8n finds it when it starts, with the same node types as in production.
 *
 * @param userFolder what n8n gets as N8N_USER_FOLDER
 */
export async function installPackage(userFolder: string): Promise<void> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const modules = join(nodes, 'node_modules');
	await mkdir(modules, { recursive: true });

	const pack = ['pack', '--silent', '--ignore-scripts'];
	const tarball = (await run('npm', pack, { cwd: projectRoot, env: { npm_config_pack_destination: modules } })).trim();
	await run('tar', ['-xzf', tarball], { cwd: modules });
	await rm(join(modules, tarball));

	// A tarball holds everything in a folder `package`.
	const unpacked = JSON.parse(await readFile(join(modules, 'package', 'package.json'), 'utf8')) as PackageJson;
	const { devDependencies, peerDependencies, optionalDependencies, ...published } = unpacked;
	const folder = packageFolderIn(userFolder);
	await rename(join(modules, 'package'), folder);
	await writeJson(join(folder, 'package.json'), published);
	const quietly = ['--audit=false', '--fund=false', '--bin-links=false', '--package-lock=false'];
	await run('npm', ['install', ...quietly, '--install-strategy=shallow', '--ignore-scripts=true'], { cwd: folder });

	const installed = { name: 'installed-nodes', private: true, dependencies: { [published.name]: published.version } };
	await writeJson(join(nodes, 'package.json'), installed);
}

function writeJson(file: string, content: object): Promise<void> {
	return writeFile(file, JSON.stringify(content, null, 2));
}
