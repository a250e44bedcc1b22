import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Stream } from '../emulator';
import { useHarness } from './harness';
import { Poller } from './poller';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export function pass(milliseconds: number): void {
	jest.setSystemTime(Date.now() + milliseconds);
}

export function goLive(stream: Stream): void {
	stream.startedAt = Date.now();
	stream.endedAt = null;
}

export function eventsOf(items: IDataObject[] | undefined): unknown[] {
	return (items ?? []).map(({ event, streamId, contentId }) => [event, streamId ?? contentId]);
}

/** The harness of a test file of the trigger. */
export function useTrigger() {
	const harness = useHarness({ newestFirst: true });

	return { harness, trigger, requestsOf };

	function trigger(parameters: INodeParameters): Poller {
		return new Poller(harness.engine, harness.credential, parameters);
	}

	/** The paths of the API requests that a poll sends. */
	async function requestsOf(poll: Promise<unknown>): Promise<string[]> {
		const before = harness.emulator.requests.length;
		await poll;
		return harness.emulator.requests
			.slice(before)
			.map(({ path }) => path)
			.filter((path) => !path.startsWith('/hls'));
	}
}
