import type { VideographClient } from '../api/client';
import type { ClipListItem, Content } from '../api/types';
import { CLIP_REFERENCE_KEY } from '../idempotency/clipReference';
import { isObject, stringOrNull } from '../utils/values';
import { listVideos, PAGE_SIZE } from '../video/listVideos';
import { statusOf } from '../video/video';
import type { ClipCriteria, ClipIds } from './clip';

export type LookupResult =
	| ({ status: 'found' } & ClipIds)
	/**
	 * A clip with the same title is still processing, or there are too many videos to search. The IDs are set if there
	 * is only one candidate.
	 */
	| ({ status: 'ambiguous' } & ClipIds)
	| { status: 'absent' };

/** The number of videos that are fetched and compared at the same time. */
const BATCH_SIZE = 5;
/** The maximum number of videos to search if the API has no clip list. */
const MAX_VIDEOS = 1000;

/** The lists of one lookup round. Each list is requested once, for any number of clips. */
export class ListCache {
	private clipList: Promise<ClipListItem[] | undefined> | undefined;
	private videoList: Promise<Content[]> | undefined;

	constructor(
		private readonly client: VideographClient,
		private readonly streamId: string,
	) {}

	/** The clips of the live stream; undefined if the API has no such list. */
	async clips(): Promise<ClipListItem[] | undefined> {
		this.clipList ??= this.client.listClips(this.streamId);
		return await this.clipList;
	}

	/** The first page of videos; all of them, up to a maximum, if the API has no clip list. */
	async videos(): Promise<Content[]> {
		this.videoList ??= this.clips().then(async (clips) =>
			clips ? await this.client.listContents(0, PAGE_SIZE) : await listVideos(this.client, MAX_VIDEOS),
		);
		return await this.videoList;
	}
}

export interface LookupHints {
	/**
	 * The clip reference in the metadata of the clip's video. Without it, the title and the times identify the clip.
	 */
	reference?: string;
	/** The IDs of other clips and of their videos. */
	excludedIds?: ReadonlySet<string>;
	/** The lists to search. By default, they are requested. */
	listCache?: ListCache;
}

/** Finds clips by reference, or by title and times. */
export class ClipLookup {
	/** The videos of clips that are ready or failed. They do not change, so each is fetched once. */
	private readonly finishedVideos = new Map<string, Promise<Content | undefined>>();

	constructor(private readonly client: VideographClient) {}

	/**
	 * Searches for a clip once. The clip list contains only titles, so the videos of clips with the same title are
	 * compared. If a clip has no video yet, or if the API has no clip list (it is not documented), the video list is
	 * searched.
	 */
	async find(
		criteria: ClipCriteria,
		{ reference, excludedIds = new Set(), listCache = new ListCache(this.client, criteria.streamId) }: LookupHints = {},
	): Promise<LookupResult> {
		const isMatch = (content: Content) =>
			matchesCriteria(content, criteria, reference) && !excludedIds.has(content.contentId);
		const clips = await listCache.clips();
		const candidates = (clips ?? [])
			.filter(({ name, clipUUID }) => name === criteria.title && !excludedIds.has(clipUUID))
			.sort(newestFirst);
		const clipWithVideo = await this.findByVideo(candidates, isMatch);
		if (clipWithVideo) return { status: 'found', ...clipWithVideo };
		const unfinishedClips = candidates.filter(({ contentUUID }) => stringOrNull(contentUUID) === null);
		if (clips && unfinishedClips.length === 0) return { status: 'absent' };

		const clipId = unfinishedClips.length === 1 ? (unfinishedClips[0]?.clipUUID ?? null) : null;
		const videos = await listCache.videos();
		const video = videos.find(isMatch);
		if (video) return { status: 'found', clipId: clipId ?? video.contentId, contentId: video.contentId };
		if (!clips) {
			return videos.length < MAX_VIDEOS ? { status: 'absent' } : { status: 'ambiguous', clipId: null, contentId: null };
		}
		// If each unfinished clip has its video among the videos that did not match, none of them is the clip.
		const finishedIds = new Set(candidates.map(({ contentUUID }) => contentUUID));
		const unfinishedVideos = videos.filter(
			(content) => isProcessingClip(content, criteria) && !finishedIds.has(content.contentId),
		);
		return unfinishedClips.length > unfinishedVideos.length
			? { status: 'ambiguous', clipId, contentId: null }
			: { status: 'absent' };
	}

	/** Compares the videos of listed clips, a batch at a time. */
	private async findByVideo(
		items: ClipListItem[],
		isMatch: (content: Content) => boolean,
	): Promise<{ clipId: string; contentId: string } | undefined> {
		const clips = items.flatMap(({ clipUUID, contentUUID }) => {
			const contentId = stringOrNull(contentUUID);
			return contentId === null ? [] : { clipId: clipUUID, contentId };
		});
		for (let start = 0; start < clips.length; start += BATCH_SIZE) {
			const batch = clips.slice(start, start + BATCH_SIZE);
			const contents = await Promise.all(batch.map(async ({ contentId }) => await this.fetchVideo(contentId)));
			const match = batch.find((_, index) => contents[index] && isMatch(contents[index]));
			if (match) return match;
		}
		return undefined;
	}

	/** The video of a clip; undefined if it was deleted. */
	private async fetchVideo(contentId: string): Promise<Content | undefined> {
		const request = this.finishedVideos.get(contentId) ?? this.client.findContent(contentId);
		this.finishedVideos.set(contentId, request);
		let isFinished = false;
		try {
			const content = await request;
			isFinished = content !== undefined && statusOf(content.status) !== 'processing';
			return content;
		} finally {
			if (!isFinished) this.finishedVideos.delete(contentId);
		}
	}
}

/** Whether a video is a clip of the same live stream with the same title that is not ready yet. */
function isProcessingClip({ title, status, liveRecording }: Content, criteria: ClipCriteria): boolean {
	return (
		title === criteria.title &&
		isObject(liveRecording) &&
		liveRecording.streamUUID === criteria.streamId &&
		status !== 'Ready'
	);
}

function newestFirst(a: ClipListItem, b: ClipListItem): number {
	return (b.created_at ?? 0) - (a.created_at ?? 0);
}

/**
 * Whether a video is the clip. If a reference is given and the video has one, the reference decides; a video without
 * one, whose metadata the API may have left out, is compared by title and times.
 */
function matchesCriteria(content: Content, criteria: ClipCriteria, reference?: string): boolean {
	const { title, liveRecording } = content;
	const videoReference = referenceOf(content);
	if (reference !== undefined && videoReference !== undefined) return videoReference === reference;
	return (
		title === criteria.title &&
		isObject(liveRecording) &&
		liveRecording.streamUUID === criteria.streamId &&
		// In milliseconds; the criteria are in seconds.
		liveRecording.startTime === criteria.startTime * 1000 &&
		liveRecording.endTime === criteria.endTime * 1000
	);
}

function referenceOf({ metadata }: Content): unknown {
	const entries: unknown[] = Array.isArray(metadata) ? metadata : [];
	const entry = entries.find((candidate) => isObject(candidate) && candidate.key === CLIP_REFERENCE_KEY);
	// An entry without a value is a reference too, and equals none.
	return isObject(entry) ? (entry.value ?? null) : undefined;
}
