import type { Livestream } from '../../api/types';
import { Ticks } from '../../shared/ticks';
import type { Run } from '../operation';

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
	{ client, pause }: Pick<Run, 'client' | 'pause'>,
	stream: Livestream,
	isOver: (stream: Livestream) => boolean,
	timeoutMs: number,
): Promise<Livestream> {
	const ticks = new Ticks<Livestream>(async (waiting) => {
		const looks = waiting.map(async (one) => {
			await client.getLivestream(one.thing.streamUUID).then(
				(found) => {
					one.thing = found;
					if (isOver(found)) one.settle();
				},
				(error: unknown) => one.failed(error),
			);
		});
		await Promise.all(looks);
	}, pause);
	return await ticks.wait(stream, timeoutMs);
}
