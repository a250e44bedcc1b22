import type { VideographClient } from '../api/client';
import type { Livestream } from '../api/types';
import { Poller } from './poller';

/**
 * Waits until a live stream is as wanted.
 *
 * @param stream as it is known now
 * @param isOver whether there is nothing left to wait for
 * @param timeoutMs how long to wait, in milliseconds
 * @returns the live stream as it is in the end, or as it was when the time or the execution ended
 * @throws {NodeApiError} where the API failed in several looks in a row
 */
export async function waitForStream(
	{ client, delay }: { client: VideographClient; delay: (milliseconds: number) => Promise<boolean> },
	stream: Livestream,
	isOver: (stream: Livestream) => boolean,
	timeoutMs: number,
): Promise<Livestream> {
	const ticks = new Poller<Livestream>(async (waiting) => {
		const looks = waiting.map(async (one) => {
			await client.getLivestream(one.subject.streamUUID).then(
				(found) => {
					one.subject = found;
					if (isOver(found)) one.resolve();
				},
				(error: unknown) => one.recordFailure(error),
			);
		});
		await Promise.all(looks);
	}, delay);
	return await ticks.wait(stream, timeoutMs);
}
