import type { VideographClient } from '../api/client';
import type { ListedClip } from '../api/decode';
import type { Clip, ClipIds } from '../clip/clip';
import { ClipLookup, ListCache } from '../clip/clipLookup';
import { type FetchResult, fetchVideos } from '../video/listVideos';
import { Poller, type PollUpdate, type WaitingExecution } from './poller';

/** The poller of the clips of an account. The clips of a live stream share one list request per round. */
export function createClipPoller(): Poller<Clip> {
	return new Poller({
		createPoll: () => {
			const clipLookup = new ClipLookup();
			return async (clips, client) => await pollClips(clips, client, clipLookup);
		},
		groupKey: ({ streamId }) => streamId,
	});
}

/** Waits until clips are ready or failed. */
export class ClipPoller {
	constructor(
		private readonly poller: Poller<Clip>,
		private readonly execution: WaitingExecution,
	) {}

	/**
	 * @param timeoutMs in milliseconds
	 * @returns the clip as it was last polled: ready, failed, or processing if the time is up or the execution was
	 * stopped
	 * @throws {VideographError} if too many consecutive polls failed
	 */
	async wait(clip: Clip, timeoutMs: number): Promise<Clip> {
		return await this.poller.wait(clip, timeoutMs, this.execution);
	}
}

/** @param streamClips the pending clips of one live stream */
async function pollClips(
	streamClips: Clip[],
	client: VideographClient,
	clipLookup: ClipLookup,
): Promise<Array<PollUpdate<Clip>>> {
	const [first] = streamClips;
	if (!first) return [];
	const listCache = new ListCache(client, first.streamId);
	const list = await listCache.clips();
	const entries = streamClips.map((clip) => list?.find((entry) => isEntryOf(clip, entry)));
	const clips = streamClips.map((clip, index) => withListedIds(clip, entries[index]));
	const titlesInProgress = processingTitles(list ?? []);
	const updates = clips.map((clip): PollUpdate<Clip> => ({ subject: clip, isDone: false }));
	const indexesToFetch: number[] = [];
	for (const [index, clip] of clips.entries()) {
		const entry = entries[index];
		if (entry?.status === 'failed') {
			updates[index] = { subject: { ...clip, status: entry.status }, isDone: true };
		} else if (entry ? entry.status === 'ready' : clip.contentId !== null && !titlesInProgress.has(clip.title)) {
			indexesToFetch.push(index);
		} else if (clip.clipId === null || !list) {
			const otherClips = clips.filter((_, otherIndex) => otherIndex !== index);
			const lookup = await findIds(client, clipLookup, clip, otherClips, listCache).catch((error: unknown) => ({
				error,
			}));
			if (!lookup) continue;
			if ('error' in lookup) {
				updates[index] = { subject: clip, ...lookup };
			} else {
				clips[index] = { ...clip, ...lookup };
				indexesToFetch.push(index);
			}
		}
	}
	const contentIds = indexesToFetch.flatMap((index) => clips[index]?.contentId ?? []);
	const results = await fetchVideos(client, contentIds).catch((error: unknown) => ({ error }));
	for (const index of indexesToFetch) {
		const clip = clips[index];
		if (clip) updates[index] = updateFrom(clip, 'error' in results ? results : results.get(clip.contentId ?? ''));
	}
	return updates;
}

/** Finds a clip that is not in the list, or that has no known ID, among the videos. */
async function findIds(
	client: VideographClient,
	clipLookup: ClipLookup,
	clip: Clip,
	otherClips: Clip[],
	listCache: ListCache,
): Promise<ClipIds | undefined> {
	const otherIds = otherClips.flatMap(({ clipId, contentId }) => [clipId, contentId]).filter((id) => id !== null);
	const lookup = await clipLookup.find(client, clip, { listCache, excludedIds: new Set(otherIds) });
	if (lookup.status !== 'found') return undefined;
	return { clipId: clip.clipId ?? lookup.clipId, contentId: lookup.contentId };
}

/** @param result of the clip's video; undefined if the video is unknown */
function updateFrom(clip: Clip, result?: FetchResult): PollUpdate<Clip> {
	if (!result) return { subject: { ...clip, status: 'ready' }, isDone: true };
	if ('error' in result) return { subject: clip, error: result.error };
	const { status, playbackUrl, thumbnailUrl } = result.video;
	if (status === 'processing') return { subject: clip, isDone: false };
	return { subject: { ...clip, status, playbackUrl, thumbnailUrl }, isDone: true };
}

function withListedIds(clip: Clip, entry: ListedClip | undefined): Clip {
	return entry ? { ...clip, clipId: entry.clipId, contentId: entry.contentId ?? clip.contentId } : clip;
}

function isEntryOf({ clipId, contentId }: Clip, entry: ListedClip): boolean {
	// If the response to Create Clip contained a single ID, it may be the ID of the clip's video.
	return entry.clipId === clipId || (entry.contentId !== null && [clipId, contentId].includes(entry.contentId));
}

/** The titles of listed clips without a video. The video of a clip with such a title is not fetched yet. */
function processingTitles(list: ListedClip[]): Set<string | null> {
	const entries = list.filter(({ contentId, status }) => contentId === null && status === 'processing');
	return new Set(entries.map(({ title }) => title));
}
