import type { VideographClient } from '../api/client';
import type { Video } from '../api/decode';
import { hasStatus } from '../api/errors';
import { type FetchResult, fetchVideos } from '../video/listVideos';
import { Poller, type PollUpdate, type WaitingExecution } from './poller';

export interface PolledVideo {
	id: string;
	/** undefined until the video was fetched once. */
	video?: Video;
}

/** The delay before the first round, in milliseconds. It lets the items of an execution share that round. */
const FIRST_POLL_MS = 100;

/** The poller of the videos of an account. They share one list request per round. */
export function createVideoPoller(): Poller<PolledVideo> {
	return new Poller({ createPoll: () => pollVideos, firstPollMs: FIRST_POLL_MS });
}

/** Waits until videos are ready or failed. */
export class VideoPoller {
	constructor(
		private readonly poller: Poller<PolledVideo>,
		private readonly execution: WaitingExecution,
	) {}

	/**
	 * @param timeoutMs in milliseconds
	 * @returns the video as it was last polled: ready, failed, or processing if the time is up or the execution was
	 * stopped
	 * @throws {VideographError} if the video does not exist, or if too many consecutive polls failed
	 */
	async wait(video: PolledVideo, timeoutMs: number): Promise<PolledVideo> {
		return await this.poller.wait(video, timeoutMs, this.execution);
	}
}

async function pollVideos(videos: PolledVideo[], client: VideographClient): Promise<Array<PollUpdate<PolledVideo>>> {
	const ids = videos.map(({ id }) => id);
	const results = await fetchVideos(client, ids);
	return videos.map((subject) => updateFrom(subject, results.get(subject.id)));
}

function updateFrom(subject: PolledVideo, result?: FetchResult): PollUpdate<PolledVideo> {
	if (!result) return { subject, isDone: false };
	if ('video' in result) return { subject: { ...subject, ...result }, isDone: result.video.status !== 'processing' };
	// A video that was fetched before may be missing temporarily; a video that never was does not exist.
	const isNotFound = hasStatus(result.error, 404);
	return { error: result.error, isFatal: isNotFound && !subject.video };
}
