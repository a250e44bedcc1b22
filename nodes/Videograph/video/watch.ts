import { NodeApiError } from 'n8n-workflow';
import type { VideographClient } from '../api/client';
import type { Content } from '../api/types';
import { statusOf } from './status';
import { Ticks, type Waiting } from '../shared/ticks';
import { readVideos, type Reading } from './read';

/** A video that is waited for, with what is known of it. */
export interface WatchedVideo {
	contentId: string;
	/** undefined: nothing yet, not even that there is such a video. */
	content?: Content;
}

/** Milliseconds before the first look: in that time the items of a run come together. */
const FIRST_LOOK_MS = 100;

/** Waits for videos until they are ready or failed: all of them for one call a tick. */
export class VideoWatch {
	private readonly ticks: Ticks<WatchedVideo>;

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(
		private readonly client: VideographClient,
		pause: (milliseconds: number) => Promise<boolean>,
	) {
		this.ticks = new Ticks((waiting) => this.look(waiting), pause, FIRST_LOOK_MS);
	}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the video as it is in the end: ready, failed, or as it was when the time or the execution ended
	 * @throws {NodeApiError} where there is no such video, or the API failed in several ticks in a row
	 */
	async wait(video: WatchedVideo, timeoutMs: number): Promise<WatchedVideo> {
		return await this.ticks.wait(video, timeoutMs);
	}

	private async look(waiting: Array<Waiting<WatchedVideo>>): Promise<void> {
		const ids = waiting.map(({ thing }) => thing.contentId);
		const readings = await readVideos(this.client, ids).catch((error: unknown) => ({ error }));
		for (const one of waiting) {
			update(one, 'error' in readings ? readings : readings.get(one.thing.contentId));
		}
	}
}

function update(one: Waiting<WatchedVideo>, reading: Reading | undefined): void {
	if (!reading) return;
	if ('content' in reading) {
		one.thing = { ...one.thing, ...reading };
		if (statusOf(reading.content.status) !== 'processing') one.settle();
		return;
	}
	// A video that was seen once may be missing for a moment; one that never was is not there.
	const isMissing = reading.error instanceof NodeApiError && reading.error.httpCode === '404';
	if (isMissing && !one.thing.content) one.giveUp(reading.error);
	else one.failed(reading.error);
}
