import { MAX_PARALLEL_REQUESTS, type VideographClient } from '../api/client';
import { type ListedClip, metadataValue, type Video } from '../api/decode';
import { listVideos, PAGE_SIZE } from '../video/listVideos';
import { CLIP_REFERENCE_KEY } from '../video/video';
import type { ClipCriteria, ClipIds } from './clip';

export type LookupResult =
	| ({ status: 'found' } & ClipIds)
	/**
	 * A clip with the same title is still processing, or there are too many videos to search. The IDs are set if there
	 * is only one candidate.
	 */
	| ({ status: 'ambiguous' } & ClipIds)
	| { status: 'absent' };

/** The maximum number of videos to search if the API has no clip list. */
const MAX_VIDEOS = 1000;

/** The maximum number of videos to hold. A lookup may serve for days. */
const MAX_FINISHED_VIDEOS = 1000;

/** The lists of one lookup round. Each list is requested once, for any number of clips. */
export class ListCache {
	private clipList: Promise<ListedClip[] | undefined> | undefined;
	private videoList: Promise<Video[]> | undefined;

	constructor(
		private readonly client: VideographClient,
		private readonly streamId: string,
	) {}

	/** The clips of the live stream; undefined if the API has no such list. */
	async clips(): Promise<ListedClip[] | undefined> {
		this.clipList ??= this.client.listClips(this.streamId);
		return await this.clipList;
	}

	/** The first page of videos; all of them, up to a maximum, if the API has no clip list. */
	async videos(): Promise<Video[]> {
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
	private readonly finishedVideos = new Map<string, Promise<Video | undefined>>();

	/**
	 * Searches for a clip once. The clip list contains only titles, so the videos of clips with the same title are
	 * compared. If a clip has no video yet, or if the API has no clip list (it is not documented), the video list is
	 * searched.
	 */
	async find(
		client: VideographClient,
		criteria: ClipCriteria,
		{ reference, excludedIds = new Set(), listCache = new ListCache(client, criteria.streamId) }: LookupHints = {},
	): Promise<LookupResult> {
		const isMatch = (video: Video) => matchesCriteria(video, criteria, reference) && !excludedIds.has(video.id);
		const clips = await listCache.clips();
		const candidates = (clips ?? [])
			.filter(({ title, clipId }) => title === criteria.title && !excludedIds.has(clipId))
			.sort(newestFirst);
		const clipWithVideo = await this.findByVideo(client, candidates, isMatch);
		if (clipWithVideo) return { status: 'found', ...clipWithVideo };
		const unfinishedClips = candidates.filter(({ contentId }) => contentId === null);
		if (clips && unfinishedClips.length === 0) return { status: 'absent' };

		const clipId = unfinishedClips.length === 1 ? (unfinishedClips[0]?.clipId ?? null) : null;
		const videos = await listCache.videos();
		const video = videos.find(isMatch);
		if (video) return { status: 'found', clipId: clipId ?? video.id, contentId: video.id };
		if (!clips) {
			return videos.length < MAX_VIDEOS ? { status: 'absent' } : { status: 'ambiguous', clipId: null, contentId: null };
		}
		// If each unfinished clip has its video among the videos that did not match, none of them is the clip.
		const finishedIds = new Set(candidates.map(({ contentId }) => contentId));
		const unfinishedVideos = videos.filter(
			(candidate) => isProcessingClip(candidate, criteria) && !finishedIds.has(candidate.id),
		);
		return unfinishedClips.length > unfinishedVideos.length
			? { status: 'ambiguous', clipId, contentId: null }
			: { status: 'absent' };
	}

	/** Compares the videos of listed clips, a batch at a time. */
	private async findByVideo(
		client: VideographClient,
		listedClips: ListedClip[],
		isMatch: (video: Video) => boolean,
	): Promise<{ clipId: string; contentId: string } | undefined> {
		const clips = listedClips.flatMap(({ clipId, contentId }) => (contentId === null ? [] : { clipId, contentId }));
		for (let start = 0; start < clips.length; start += MAX_PARALLEL_REQUESTS) {
			const batch = clips.slice(start, start + MAX_PARALLEL_REQUESTS);
			const videos = await Promise.all(batch.map(async ({ contentId }) => await this.fetchVideo(client, contentId)));
			const match = batch.find((_, index) => videos[index] && isMatch(videos[index]));
			if (match) return match;
		}
		return undefined;
	}

	/** The video of a clip; undefined if it was deleted. */
	private async fetchVideo(client: VideographClient, contentId: string): Promise<Video | undefined> {
		const request = this.finishedVideos.get(contentId) ?? client.findContent(contentId);
		if (this.finishedVideos.size >= MAX_FINISHED_VIDEOS) this.finishedVideos.clear();
		this.finishedVideos.set(contentId, request);
		let isFinished = false;
		try {
			const video = await request;
			isFinished = video !== undefined && video.status !== 'processing';
			return video;
		} finally {
			if (!isFinished) this.finishedVideos.delete(contentId);
		}
	}
}

/** Whether a video is a clip of the same live stream with the same title that is not ready yet. */
function isProcessingClip({ title, status, recording }: Video, criteria: ClipCriteria): boolean {
	return title === criteria.title && recording?.streamId === criteria.streamId && status !== 'ready';
}

function newestFirst(a: ListedClip, b: ListedClip): number {
	return (b.createdMs ?? 0) - (a.createdMs ?? 0);
}

/**
 * Whether a video is the clip. If a reference is given and the video has one, the reference decides; a video without
 * one, whose metadata the API may have left out, is compared by title and times.
 */
function matchesCriteria(video: Video, criteria: ClipCriteria, reference?: string): boolean {
	const { title, recording } = video;
	const videoReference = metadataValue(video, CLIP_REFERENCE_KEY);
	if (reference !== undefined && videoReference !== undefined) return videoReference === reference;
	return (
		title === criteria.title &&
		recording?.streamId === criteria.streamId &&
		// The criteria are in seconds.
		recording.startMs === criteria.startTime * 1000 &&
		recording.endMs === criteria.endTime * 1000
	);
}
