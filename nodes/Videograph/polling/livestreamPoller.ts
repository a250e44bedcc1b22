import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/decode';
import { Poller, type PollUpdate } from './poller';

interface PolledLivestream {
	stream: Livestream;
	isDone: (stream: Livestream) => boolean;
}

/** Waits until live streams reach a status. All items of an execution share one request per live stream and round. */
export class LivestreamPoller {
	private readonly poller: Poller<PolledLivestream>;

	/** @param delay resolves to false if the execution was stopped */
	constructor(
		private readonly client: VideographClient,
		delay: (milliseconds: number) => Promise<boolean>,
	) {
		this.poller = new Poller({
			poll: async (subjects) => await this.poll(subjects),
			groupKey: ({ stream }) => stream.id,
			delay,
		});
	}

	/**
	 * @param stream as it was last fetched
	 * @param isDone whether there is nothing more to wait for
	 * @param timeoutMs in milliseconds
	 * @returns the live stream as it was last polled: done, or pending if the time is up or the execution was stopped
	 * @throws {VideographError} if too many consecutive polls failed
	 */
	async wait(stream: Livestream, isDone: (stream: Livestream) => boolean, timeoutMs: number): Promise<Livestream> {
		return (await this.poller.wait({ stream, isDone }, timeoutMs)).stream;
	}

	/** @param subjects of one live stream */
	private async poll(subjects: PolledLivestream[]): Promise<Array<PollUpdate<PolledLivestream>>> {
		const [first] = subjects;
		if (!first) return [];
		const stream = await this.client.getLivestream(first.stream.id);
		return subjects.map(({ isDone }) => ({ subject: { stream, isDone }, isDone: isDone(stream) }));
	}
}
