import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/decode';
import { Poller, type PollUpdate, type WaitingExecution } from './poller';

export interface PolledLivestream {
	stream: Livestream;
	isDone: (stream: Livestream) => boolean;
}

/** The poller of the live streams of an account. All who wait for one share one request per round. */
export function createLivestreamPoller(): Poller<PolledLivestream> {
	return new Poller({ createPoll: () => pollLivestream, groupKey: ({ stream }) => stream.id });
}

/** Waits until live streams reach a status. */
export class LivestreamPoller {
	constructor(
		private readonly poller: Poller<PolledLivestream>,
		private readonly execution: WaitingExecution,
	) {}

	/**
	 * @param stream as it was last fetched
	 * @param isDone whether there is nothing more to wait for
	 * @param timeoutMs in milliseconds
	 * @returns the live stream as it was last polled: done, or pending if the time is up or the execution was stopped
	 * @throws {VideographError} if too many consecutive polls failed
	 */
	async wait(stream: Livestream, isDone: (stream: Livestream) => boolean, timeoutMs: number): Promise<Livestream> {
		return (await this.poller.wait({ stream, isDone }, timeoutMs, this.execution)).stream;
	}
}

/** @param subjects of one live stream */
async function pollLivestream(
	subjects: PolledLivestream[],
	client: VideographClient,
): Promise<Array<PollUpdate<PolledLivestream>>> {
	const [first] = subjects;
	if (!first) return [];
	const stream = await client.getLivestream(first.stream.id);
	return subjects.map(({ isDone }) => ({ subject: { stream, isDone }, isDone: isDone(stream) }));
}
