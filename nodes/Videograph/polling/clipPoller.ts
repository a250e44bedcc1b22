import type { VideographClient } from '../api/client';
import type { ClipListItem, Content } from '../api/types';
import { Poller, type PendingWait } from './poller';
import { stringOrNull } from '../utils/values';
import { fetchVideos } from '../video/fetchVideos';
import { statusOf } from '../video/status';
import type { Clip } from '../clip/clip';
import { ClipLookup, ListCache } from '../clip/clipLookup';
import { listItemStatus } from '../clip/partialClip';

type PendingClip = PendingWait<Clip>;

/** Waits for clips until they are ready: all clips of a stream for one call a tick. */
export class ClipPoller {
	private readonly poller: Poller<Clip>;
	private readonly clipLookup: ClipLookup;

	/** @param pause sleeps that many milliseconds, and tells whether the execution goes on */
	constructor(
		private readonly client: VideographClient,
		pause: (milliseconds: number) => Promise<boolean>,
	) {
		this.clipLookup = new ClipLookup(client);
		this.poller = new Poller((waiting) => this.pollAll(waiting), pause);
	}

	/**
	 * @param timeoutMs how long to wait, in milliseconds
	 * @returns the clip as it is in the end: ready, failed, or still processing where the time or the execution ended
	 * @throws {NodeApiError} where the API failed in several ticks in a row
	 */
	async wait(clip: Clip, timeoutMs: number): Promise<Clip> {
		return await this.poller.wait(clip, timeoutMs);
	}

	private async pollAll(waiting: PendingClip[]): Promise<void> {
		const streamIds = new Set(waiting.map(({ subject }) => subject.streamId));
		const looks = [...streamIds].map(async (streamId) => {
			const ofStream = waiting.filter(({ subject }) => subject.streamId === streamId);
			await this.pollStream(streamId, ofStream).catch((error: unknown) => {
				for (const one of ofStream) one.recordFailure(error);
			});
		});
		await Promise.all(looks);
	}

	/** Brings the clips of a stream up to date, and settles those that are ready or failed. */
	private async pollStream(streamId: string, waiting: PendingClip[]): Promise<void> {
		const lists = new ListCache(this.client, streamId);
		const list = await lists.clips();
		const making = processingTitles(list ?? []);
		const asked: PendingClip[] = [];
		for (const one of waiting) {
			const entry = list?.find((item) => matches(item, one.subject));
			if (entry) {
				const contentId = stringOrNull(entry.contentUUID) ?? one.subject.contentId;
				one.subject = { ...one.subject, clipId: entry.clipUUID, contentId };
			}
			const status = entry && listItemStatus(entry);
			if (status === 'failed') resolveWith(one, { status });
			else if (entry ? status === 'ready' : one.subject.contentId !== null && !making.has(one.subject.title)) asked.push(one);
			else if (one.subject.clipId === null || !list) await this.identify(one, asked, lists, waiting);
		}
		await this.complete(asked);
	}

	/** A clip that the list does not tell, because its id is not known or there is no list, may be found by its video. */
	private async identify(one: PendingClip, asked: PendingClip[], listCache: ListCache, waiting: PendingClip[]): Promise<void> {
		const excludedIds = new Set(idsOf(waiting.filter((another) => another !== one)));
		const result = await this.clipLookup.find(one.subject, { listCache, excludedIds });
		if (result.status !== 'found') return;
		one.subject = { ...one.subject, clipId: one.subject.clipId ?? result.clipId, contentId: result.contentId };
		asked.push(one);
	}

	/** Adds what only the clip's video tells. */
	private async complete(asked: PendingClip[]): Promise<void> {
		const readings = await fetchVideos(this.client, asked.flatMap(({ subject }) => subject.contentId ?? []));
		for (const one of asked) {
			const { contentId } = one.subject;
			const reading = contentId === null ? undefined : readings.get(contentId);
			if (!reading) {
				resolveWith(one, { status: 'ready' });
				continue;
			}
			if ('error' in reading) {
				one.recordFailure(reading.error);
				continue;
			}
			const status = statusOf(reading.content.status);
			if (status !== 'processing') resolveWith(one, { status, ...readLinks(reading.content) });
		}
	}
}

function resolveWith(one: PendingClip, end: Partial<Clip>): void {
	one.subject = { ...one.subject, ...end };
	one.resolve();
}

function idsOf(waiting: PendingClip[]): string[] {
	return waiting.flatMap(({ subject }) => [subject.clipId, subject.contentId]).filter((id) => id !== null);
}

function matches({ clipUUID, contentUUID }: ClipListItem, { clipId, contentId }: Clip): boolean {
	// Where the answer to its creation named one id alone, it may be that of the clip's video.
	return clipUUID === clipId || (stringOrNull(contentUUID) !== null && (contentUUID === contentId || contentUUID === clipId));
}

/** The titles of clips that the list shows without a video yet: a clip of such a title need not be asked for its video. */
function processingTitles(list: ClipListItem[]): Set<unknown> {
	const making = list.filter((item) => stringOrNull(item.contentUUID) === null && listItemStatus(item) === 'processing');
	return new Set(making.map(({ name }) => name));
}

function readLinks({ playbackUrl, thumbnailUrl }: Content) {
	return { playbackUrl: stringOrNull(playbackUrl), thumbnailUrl: stringOrNull(thumbnailUrl) };
}
