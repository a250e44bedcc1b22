import type { VideographClient } from '../api/client';
import type { ClipListItem, Content } from '../api/types';
import { Ticks, type Waiting } from '../shared/ticks';
import { textOrNull } from '../shared/values';
import { readVideos } from '../video/read';
import { statusOf } from '../video/status';
import type { Clip } from './clip';
import { ClipFinder, Lists } from './find';
import { statusOfItem } from './known';

type WaitingClip = Waiting<Clip>;

/** Waits for clips until they are ready: all clips of a stream for one call a tick. */
export class ClipWatch {
	private readonly ticks: Ticks<Clip>;
	private readonly finder: ClipFinder;

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(
		private readonly client: VideographClient,
		pause: (milliseconds: number) => Promise<boolean>,
	) {
		this.finder = new ClipFinder(client);
		this.ticks = new Ticks((waiting) => this.lookAtAll(waiting), pause);
	}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the clip as it is in the end: ready, failed, or still processing where the time or the execution ended
	 * @throws {NodeApiError} where the API failed in several ticks in a row
	 */
	async wait(clip: Clip, timeoutMs: number): Promise<Clip> {
		return await this.ticks.wait(clip, timeoutMs);
	}

	private async lookAtAll(waiting: WaitingClip[]): Promise<void> {
		const streamIds = new Set(waiting.map(({ thing }) => thing.streamId));
		const looks = [...streamIds].map(async (streamId) => {
			const ofStream = waiting.filter(({ thing }) => thing.streamId === streamId);
			await this.look(streamId, ofStream).catch((error: unknown) => {
				for (const one of ofStream) one.failed(error);
			});
		});
		await Promise.all(looks);
	}

	/** Brings the clips of a stream up to date, and settles those that are ready or failed. */
	private async look(streamId: string, waiting: WaitingClip[]): Promise<void> {
		const lists = new Lists(this.client, streamId);
		const list = await lists.clips();
		const making = titlesBeingMade(list ?? []);
		const asked: WaitingClip[] = [];
		for (const one of waiting) {
			const entry = list?.find((item) => isOf(item, one.thing));
			if (entry) {
				const contentId = textOrNull(entry.contentUUID) ?? one.thing.contentId;
				one.thing = { ...one.thing, clipId: entry.clipUUID, contentId };
			}
			const status = entry && statusOfItem(entry);
			if (status === 'failed') settle(one, { status });
			else if (entry ? status === 'ready' : one.thing.contentId !== null && !making.has(one.thing.title)) asked.push(one);
			else if (one.thing.clipId === null || !list) await this.identify(one, asked, lists, waiting);
		}
		await this.complete(asked);
	}

	/** A clip that the list does not tell, because its id is not known or there is no list, may be found by its video. */
	private async identify(one: WaitingClip, asked: WaitingClip[], lists: Lists, waiting: WaitingClip[]): Promise<void> {
		const others = new Set(idsOf(waiting.filter((another) => another !== one)));
		const sighting = await this.finder.look(one.thing, { lists, others });
		if (sighting.seen !== 'yes') return;
		one.thing = { ...one.thing, clipId: one.thing.clipId ?? sighting.clipId, contentId: sighting.contentId };
		asked.push(one);
	}

	/** Adds what only the clip's video tells. */
	private async complete(asked: WaitingClip[]): Promise<void> {
		const readings = await readVideos(this.client, asked.flatMap(({ thing }) => thing.contentId ?? []));
		for (const one of asked) {
			const { contentId } = one.thing;
			const reading = contentId === null ? undefined : readings.get(contentId);
			if (!reading) {
				settle(one, { status: 'ready' });
				continue;
			}
			if ('error' in reading) {
				one.failed(reading.error);
				continue;
			}
			const status = statusOf(reading.content.status);
			if (status !== 'processing') settle(one, { status, ...linksOf(reading.content) });
		}
	}
}

function settle(one: WaitingClip, end: Partial<Clip>): void {
	one.thing = { ...one.thing, ...end };
	one.settle();
}

function idsOf(waiting: WaitingClip[]): string[] {
	return waiting.flatMap(({ thing }) => [thing.clipId, thing.contentId]).filter((id) => id !== null);
}

function isOf({ clipUUID, contentUUID }: ClipListItem, { clipId, contentId }: Clip): boolean {
	// Where the answer to its creation named one id alone, it may be that of the clip's video.
	return clipUUID === clipId || (textOrNull(contentUUID) !== null && (contentUUID === contentId || contentUUID === clipId));
}

/** The titles of clips that the list shows without a video yet: a clip of such a title need not be asked for its video. */
function titlesBeingMade(list: ClipListItem[]): Set<unknown> {
	const making = list.filter((item) => textOrNull(item.contentUUID) === null && statusOfItem(item) === 'processing');
	return new Set(making.map(({ name }) => name));
}

function linksOf({ playbackUrl, thumbnailUrl }: Content) {
	return { playbackUrl: textOrNull(playbackUrl), thumbnailUrl: textOrNull(thumbnailUrl) };
}
