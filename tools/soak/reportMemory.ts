import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { EVERY_MS, MARK } from './samples';

// Loaded into the n8n server with --require. What V8 has not collected yet would hide what is never collected, so it
// collects first.
if (isMainThread) {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	setInterval(() => {
		collect();
		const { rss, heapUsed, external } = process.memoryUsage();
		process.stdout.write(`${MARK}${JSON.stringify({ at: Date.now(), rss, held: heapUsed + external })}\n`);
	}, EVERY_MS).unref();
}
