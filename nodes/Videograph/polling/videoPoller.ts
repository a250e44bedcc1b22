import { NodeApiError } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';
import { statusOf } from '../video/status';
import { Poller, type PendingWait } from './poller';
import { fetchVideos, type FetchResult } from '../video/fetchVideos';

/** A video that is waited for, with what is known of it. */
export interface PolledVideo {
	contentId: string;
	/** undefined: nothing yet, not even that there is such a video. */
	content?: Content;
}

/** Milliseconds before the first look: in that time the items of a run come together. */
const FIRST_POLL_MS = 100;

/** Waits for videos until they are ready or failed: all of them for one call a tick. */
export class VideoPoller {
	private readonly poller: Poller<PolledVideo>;

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(
		private readonly client: VideographClient,
		pause: (milliseconds: number) => Promise<boolean>,
	) {
		this.poller = new Poller((waiting) => this.pollAll(waiting), pause, FIRST_POLL_MS);
	}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the video as it is in the end: ready, failed, or as it was when the time or the execution ended
	 * @throws {NodeApiError} where there is no such video, or the API failed in several ticks in a row
	 */
	async wait(video: PolledVideo, timeoutMs: number): Promise<PolledVideo> {
		return await this.poller.wait(video, timeoutMs);
	}

	private async pollAll(waiting: Array<PendingWait<PolledVideo>>): Promise<void> {
		const ids = waiting.map(({ subject }) => subject.contentId);
		const readings = await fetchVideos(this.client, ids).catch((error: unknown) => ({ error }));
		for (const one of waiting) {
			applyResult(one, 'error' in readings ? readings : readings.get(one.subject.contentId));
		}
	}
}

function applyResult(one: PendingWait<PolledVideo>, reading: FetchResult | undefined): void {
	if (!reading) return;
	if ('content' in reading) {
		one.subject = { ...one.subject, ...reading };
		if (statusOf(reading.content.status) !== 'processing') one.resolve();
		return;
	}
	// A video that was seen once may be missing for a moment; one that never was is not there.
	const isMissing = reading.error instanceof NodeApiError && reading.error.httpCode === '404';
	if (isMissing && !one.subject.content) one.reject(reading.error);
	else one.recordFailure(reading.error);
}
