import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for large downloads, outside the project, so that a fresh clone reuses them. */
export function cacheFolder(): string {
	const { VIDEOGRAPH_N8N_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
	return VIDEOGRAPH_N8N_CACHE || join(usersCache(), 'n8n-nodes-videograph');

	function usersCache(): string {
		if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
		if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
		if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
		return join(homedir(), '.cache');
	}
}
