import { rmSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Loaded into the n8n server with --require. Its standard input is a pipe from the process that started it, which
// ends when that process is gone, even where it was killed and could not stop or remove anything itself.
if (isMainThread) {
	process.stdin.resume().once('end', () => {
		rmSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true, force: true });
		// Not SIGTERM: a server whose output is no longer read may hang while it shuts down.
		process.kill(process.pid, 'SIGKILL');
	});
}
