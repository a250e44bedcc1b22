import { type Emulator, RECORDING_KEPT_MS, type Stream } from '.';

const HOUR_MS = 60 * 60 * 1000;

/** Adds the streams of the demo; gives the one that is live and recorded. */
export function addDemoStreams({ addStream, options }: Pick<Emulator, 'addStream' | 'options'>): Stream {
	const now = options.now();
	addStream({ title: 'Rehearsal (not recorded)', record: false, startedAt: now - HOUR_MS });
	addStream({
		title: 'Morning show (recording expired)',
		startedAt: now - RECORDING_KEPT_MS - 2 * HOUR_MS,
		endedAt: now - RECORDING_KEPT_MS - HOUR_MS,
	});
	return addStream({ title: 'Saturday derby', startedAt: now - HOUR_MS });
}
