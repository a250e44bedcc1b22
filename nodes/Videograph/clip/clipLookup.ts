import type { VideographClient } from '../api/client';
import type { ClipListItem, Content } from '../api/types';
import { isObject, stringOrNull } from '../utils/values';
import { listVideos, PAGE_SIZE } from '../video/listVideos';
import type { ClipIds, ClipCriteria } from './clip';
import { CLIP_REFERENCE_KEY } from '../idempotency/clipReference';
import { statusOf } from '../video/status';

/** What one look for a clip has told. */
export type LookupResult =
	/** It exists. */
	| ({ status: 'found' } & ClipIds)
	/** A clip of its title is still being made, and cannot be told from it (its id, where there is only one such); or there is more than can be searched. */
	| ({ status: 'ambiguous' } & ClipIds)
	| { status: 'absent' };

/** How many videos are compared at once, and how many are searched where there is no list of clips. */
const BATCH_SIZE = 5;
const MAX_VIDEOS = 1000;

/** The lists of one look: each is asked for once, however many clips are looked for in it. */
export class ListCache {
	private clipList: Promise<ClipListItem[] | undefined> | undefined;
	private videoList: Promise<Content[]> | undefined;

	constructor(
		private readonly client: VideographClient,
		private readonly streamId: string,
	) {}

	/** The clips of the stream; undefined where the API has no such list. */
	async clips(): Promise<ClipListItem[] | undefined> {
		this.clipList ??= this.client.listClips(this.streamId);
		return await this.clipList;
	}

	/** Videos: a page of them where the clips are listed, and many where nothing else tells of a clip. */
	async videos(): Promise<Content[]> {
		this.videoList ??= this.clips().then((clips) => listVideos(this.client, clips ? PAGE_SIZE : MAX_VIDEOS));
		return await this.videoList;
	}
}

/** What a clip is looked for by, beside its stream, title and times. */
export interface LookupHints {
	/** What the clip carries in its metadata, where it does. */
	reference?: string;
	/** Ids of clips, and of their videos, that are known to be others. */
	excludedIds?: ReadonlySet<string>;
	/** The lists to look in; without them they are asked for. */
	listCache?: ListCache;
}

/** Looks for clips. */
export class ClipLookup {
	/** Videos that clips have become: they stay as they are, so each is read once. */
	private readonly finishedVideos = new Map<string, Promise<Content | undefined>>();

	constructor(private readonly client: VideographClient) {}

	/**
	 * Looks for a clip once. The list of clips tells only titles, so those of the wanted title are compared by the video
	 * that they have become. While they have none, and where the list does not exist (it is not documented), the videos
	 * are searched: a video tells what it was cut from.
	 */
	async find(wanted: ClipCriteria, { reference, excludedIds = new Set(), listCache = new ListCache(this.client, wanted.streamId) }: LookupHints = {}): Promise<LookupResult> {
		const isThat = (content: Content): boolean => matches(content, wanted, reference) && !excludedIds.has(content.contentId);
		const clips = await listCache.clips();
		const sameTitle = (clips ?? []).filter(({ name, clipUUID }) => name === wanted.title && !excludedIds.has(clipUUID)).sort(newestFirst);
		const ready = sameTitle.flatMap(({ clipUUID, contentUUID }) => {
			const contentId = stringOrNull(contentUUID);
			return contentId === null ? [] : [{ clipId: clipUUID, contentId }];
		});
		for (let from = 0; from < ready.length; from += BATCH_SIZE) {
			const some = ready.slice(from, from + BATCH_SIZE);
			const contents = await Promise.all(some.map(async ({ contentId }) => await this.fetchVideo(contentId)));
			const found = some.find((_, index) => contents[index] && isThat(contents[index]));
			if (found) return { status: 'found', ...found };
		}
		const unfinished = sameTitle.filter(({ contentUUID }) => stringOrNull(contentUUID) === null);
		if (clips && unfinished.length === 0) return { status: 'absent' };

		const clipId = unfinished.length === 1 ? (unfinished[0]?.clipUUID ?? null) : null;
		const contents = await listCache.videos();
		const found = contents.find(isThat);
		if (found) return { status: 'found', clipId: clipId ?? found.contentId, contentId: found.contentId };
		if (!clips) return contents.length < MAX_VIDEOS ? { status: 'absent' } : { status: 'ambiguous', clipId: null, contentId: null };
		// Where each of them has its video among those that were compared, none of them is it.
		const finishedVideos = new Set(sameTitle.map(({ contentUUID }) => contentUUID));
		const theirs = contents.filter((content) => isProcessingClip(content, wanted) && !finishedVideos.has(content.contentId));
		return unfinished.length > theirs.length ? { status: 'ambiguous', clipId, contentId: null } : { status: 'absent' };
	}

	/** The video that a clip has become; undefined where it is deleted. */
	private async fetchVideo(contentId: string): Promise<Content | undefined> {
		const asked = this.finishedVideos.get(contentId) ?? this.client.findContent(contentId);
		this.finishedVideos.set(contentId, asked);
		let isFinished = false;
		try {
			const content = await asked;
			isFinished = content !== undefined && statusOf(content.status) !== 'processing';
			return content;
		} finally {
			if (!isFinished) this.finishedVideos.delete(contentId);
		}
	}
}

/** Whether a video is a clip of the wanted stream and title that is not ready yet. */
function isProcessingClip({ title, status, liveRecording }: Content, { streamId, title: wanted }: ClipCriteria): boolean {
	return (
		title === wanted && isObject(liveRecording) && liveRecording.streamUUID === streamId && status !== 'Ready'
	);
}

function newestFirst(a: ClipListItem, b: ClipListItem): number {
	return (b.created_at ?? 0) - (a.created_at ?? 0);
}

/** Whether a video is that clip. Its times are milliseconds, and those asked for are seconds. */
function matches({ title, metadata, liveRecording }: Content, wanted: ClipCriteria, reference?: string): boolean {
	const entries: unknown[] = Array.isArray(metadata) ? metadata : [];
	const carried = entries.find((entry) => isObject(entry) && entry.key === CLIP_REFERENCE_KEY);
	if (reference !== undefined && isObject(carried)) return carried.value === reference;
	return (
		title === wanted.title &&
		isObject(liveRecording) &&
		liveRecording.streamUUID === wanted.streamId &&
		liveRecording.startTime === wanted.startTime * 1000 &&
		liveRecording.endTime === wanted.endTime * 1000
	);
}
