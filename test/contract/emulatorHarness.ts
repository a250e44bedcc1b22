import type { Stream } from '../emulator';
import { type Reply, START, testApi } from './api';

export const HOUR_MS = 60 * 60 * 1000;

/** A request for the 30 seconds before the clock's time. */
export function clip(changes: Record<string, unknown> = {}) {
	return { title: 'Goal', startTime: START / 1000 - 30, endTime: START / 1000, ...changes };
}

/** The emulator of each test of a file, with a stream that has been live for an hour. */
export function useEmulator() {
	const api = testApi();
	const harness = Object.assign(api, {
		stream: undefined as unknown as Stream,
		createClip(changes: Record<string, unknown> = {}, target = harness.stream): Promise<Reply> {
			return api.send('POST', `/livestreams/${target.streamUUID}/clips`, clip(changes));
		},
		listClips: (): Promise<Reply> => api.send('GET', `/livestreams/${harness.stream.streamUUID}/clips`),
		getContent: (): Promise<Reply> => api.send('GET', `/contents/${api.emulator.clips[0]?.contentUUID}`),
	});

	beforeEach(() => {
		harness.stream = api.emulator.addStream({ title: 'Derby', startedAt: START - HOUR_MS });
	});

	return harness;
}
