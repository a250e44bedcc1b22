import { type Answer, startEmulator } from '../../test/emulator';
import { runProbe } from '../probe/probe';
import { reportPage } from '../probe/report';

const MARK = '<!-- Below this line: written by `npm run docs`, by a run of the probe against the emulator. -->';
const NOW = Date.UTC(2026, 0, 10, 15);
const HOUR_MS = 60 * 60 * 1000;

/**
 * docs/probe-report.md: the handwritten part, then the report of a run with `--write` and `--limits` against the emulator.
 *
 * @param page as it is
 */
export async function probeExample(page: string): Promise<string> {
	let now = NOW;
	const clock = { now: () => now, sleep: async (milliseconds: number) => await Promise.resolve((now += milliseconds)) };
	const emulator = await startEmulator({ now: clock.now, createAnswer: 'clipUUID' });
	try {
		emulator.addVideos(120, (index) => ({ createdAt: NOW - HOUR_MS + index }));
		const { streamUUID: streamId } = emulator.addStream({ startedAt: NOW - HOUR_MS });
		emulator.failNext({ path: /^\/contents\/0/, answer: withRequestId });
		const connection = { ...emulator.credentials, baseUrl: emulator.url, clock };
		const { report } = await runProbe({ connection, write: true, limits: true, streamId });
		return `${page.split(MARK)[0]}${MARK}\n\n${reportPage(report)}`;
	} finally {
		await emulator.close();
	}
}

/** A response that docs/openapi.yaml does not describe. */
function withRequestId(real: Answer): Answer {
	return { ...real, body: { ...(real.body as object), message: undefined, requestId: 'r-1' } };
}
