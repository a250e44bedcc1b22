import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder outside of the project. */
export interface TemporaryFolder {
	path: string;
	remove: () => void;
}

/** Makes a folder that is removed when this process ends, or before. */
export async function makeTemporaryFolder(prefix: string): Promise<TemporaryFolder> {
	// Without symbolic links, which macOS has in its path: n8n reloads a module only by its real path.
	const path = await realpath(await mkdtemp(join(tmpdir(), prefix)));
	const removeFolder = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
	process.once('exit', removeFolder);
	const remove = (): void => {
		removeFolder();
		process.off('exit', removeFolder);
	};
	return { path, remove };
}
