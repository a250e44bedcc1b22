import type { VideographClient } from '../api/client';
import type { Video } from '../api/decode';
import { hasStatus } from '../api/errors';
import { type FetchResult, fetchVideos } from '../video/listVideos';
import { Poller, type PollUpdate } from './poller';

export interface PolledVideo {
	id: string;
	/** undefined until the video was fetched once. */
	video?: Video;
}

/** The delay before the first round, in milliseconds. It lets the items of an execution share that round. */
const FIRST_POLL_MS = 100;

/** Waits until videos are ready or failed. All videos of an execution share one list request per round. */
export class VideoPoller {
	private readonly poller: Poller<PolledVideo>;

	/** @param delay resolves to false if the execution was stopped */
	constructor(
		private readonly client: VideographClient,
		delay: (milliseconds: number) => Promise<boolean>,
	) {
		this.poller = new Poller({ poll: async (videos) => await this.poll(videos), delay, firstPollMs: FIRST_POLL_MS });
	}

	/**
	 * @param timeoutMs in milliseconds
	 * @returns the video as it was last polled: ready, failed, or processing if the time is up or the execution was
	 * stopped
	 * @throws {VideographError} if the video does not exist, or if too many consecutive polls failed
	 */
	async wait(video: PolledVideo, timeoutMs: number): Promise<PolledVideo> {
		return await this.poller.wait(video, timeoutMs);
	}

	private async poll(videos: PolledVideo[]): Promise<Array<PollUpdate<PolledVideo>>> {
		const ids = videos.map(({ id }) => id);
		const results = await fetchVideos(this.client, ids);
		return videos.map((subject) => updateFrom(subject, results.get(subject.id)));
	}
}

function updateFrom(subject: PolledVideo, result?: FetchResult): PollUpdate<PolledVideo> {
	if (!result) return { subject, isDone: false };
	if ('video' in result) return { subject: { ...subject, ...result }, isDone: result.video.status !== 'processing' };
	// A video that was fetched before may be missing temporarily; a video that never was does not exist.
	const isNotFound = hasStatus(result.error, 404);
	return { error: result.error, isFatal: isNotFound && !subject.video };
}
