import type { Content } from '../api/types';
import { statusOf } from '../video/video';

/** The trigger state of videos, as pure functions of the last state and a page of the list. */

/** How many videos to request per page. */
export const PAGE_SIZE = 100;
/** How many videos to retain. */
const MAX_VIDEOS = 1000;
/** How much of a page to leave free for new videos, if the list is oldest first. */
const NEW_VIDEO_ROOM = 25;
/** After this time, a video that is still processing counts as stuck. */
const STUCK_MS = 24 * 60 * 60 * 1000;

/** A retained video, and which of its events were emitted. */
interface RetainedVideo {
	/** In epoch milliseconds; null if the API does not report it. */
	createdMs: number | null;
	ready?: true;
	failed?: true;
}

export interface VideoState {
	retained: Record<string, RetainedVideo>;
	/** Unknown videos created before this time already existed when watching began. In epoch milliseconds. */
	floorMs: number;
	/** Whether this is the first pass over the list: all of its videos already existed. */
	isFirstPass: boolean;
	/** The index of the next page in the list. */
	start: number;
	/** The creation time of the newest video of the last pass, and of this one. In epoch milliseconds. */
	coveredMs: number;
	newestMs: number;
	/** The index of the first video of this pass that is still processing. */
	firstUnfinished: number | null;
}

export interface FinishedVideo {
	content: Content;
	status: 'ready' | 'failed';
	/** Whether it already existed when watching began. */
	isPreexisting: boolean;
}

export const INITIAL_VIDEO_STATE: VideoState = {
	retained: {},
	floorMs: 0,
	isFirstPass: true,
	start: 0,
	coveredMs: 0,
	newestMs: 0,
	firstUnfinished: null,
};

/**
 * Applies a page of the list to the state.
 *
 * The order of the list is unknown, and so is whether the server honors `start` and `limit`. A pass therefore reads as
 * many pages as needed to see every video that may have changed, one page a poll.
 *
 * @param previous not modified
 * @param page the videos from `previous.start` on, `PAGE_SIZE` of them requested
 * @returns the next state, and the videos that have finished since
 */
export function applyPage(previous: VideoState, page: Content[]): { videos: VideoState; finished: FinishedVideo[] } {
	const retained = new Map(Object.entries(previous.retained));
	const finished: FinishedVideo[] = [];
	for (const content of page) {
		const createdMs = creationTime(content);
		const earlier = retained.get(content.contentId);
		if (!earlier && !previous.isFirstPass && createdMs !== null && createdMs < previous.floorMs) continue;
		const video = { ...(earlier ?? { createdMs }) };
		retained.set(content.contentId, video);
		const status = statusOf(content.status);
		if (status === 'processing' || video[status]) continue;
		video[status] = true;
		finished.push({ content, status, isPreexisting: !earlier && previous.isFirstPass });
	}
	dropDeleted(retained, page);
	const isRepeated = page.every(({ contentId }) => Object.hasOwn(previous.retained, contentId));
	const cursor = nextPage(previous, retained, page, isRepeated);
	return { videos: { ...cursor, ...dropOldest(cursor.floorMs, retained, page) }, finished };
}

type Cursor = Omit<VideoState, 'retained'>;

/**
 * The next page of the pass, or the first page of the next pass.
 *
 * @param isRepeated whether the page contains no new video
 */
function nextPage(
	previous: Cursor,
	retained: Map<string, RetainedVideo>,
	page: Content[],
	isRepeated: boolean,
): Cursor {
	const { start, isFirstPass, coveredMs, floorMs } = previous;
	const times = creationTimes(page);
	const oldestMs = Math.min(...times);
	const newestMs = Math.max(previous.newestMs, ...times);
	const isPending = (video: RetainedVideo | undefined): video is RetainedVideo =>
		video !== undefined &&
		!isFinished(video) &&
		(video.createdMs ?? Infinity) > Math.max(newestMs, coveredMs) - STUCK_MS;
	const pending = page.findIndex(({ contentId }) => isPending(retained.get(contentId)));
	const firstUnfinished = previous.firstUnfinished ?? (pending < 0 ? null : start + pending);

	const hasOlderPages =
		oldestMs > coveredMs ||
		[...retained.values()].some((video) => isPending(video) && (video.createdMs ?? Infinity) < oldestMs);
	// Deleted videos move the rest towards the start of the list.
	const isBeyondNew = start > 0 && previous.newestMs === 0 && hasOlderPages;
	if (isBeyondNew) return { ...previous, start: Math.max(start - PAGE_SIZE, 0) };

	const isOldestFirst = (times[0] ?? 0) < (times.at(-1) ?? 0) || (start > 0 && newestMs > previous.newestMs);
	// A server that ignores paging returns more videos than requested, or the same ones again.
	const isFull = page.length === PAGE_SIZE && !(isFirstPass && isRepeated);
	if (isFull && (isOldestFirst || (hasOlderPages && !isFirstPass))) {
		return { start: start + PAGE_SIZE, isFirstPass, coveredMs, newestMs, floorMs, firstUnfinished };
	}
	const total = start + page.length;
	const tail = Math.min(total - (PAGE_SIZE - NEW_VIDEO_ROOM), (firstUnfinished ?? total) - NEW_VIDEO_ROOM);
	return {
		start: isOldestFirst ? Math.max(tail, 0) : 0,
		coveredMs: newestMs,
		newestMs: 0,
		firstUnfinished: null,
		isFirstPass: false,
		floorMs: isFirstPass && isFull && times.length > 0 ? oldestMs : floorMs,
	};
}

/** Drops unfinished videos that should be on this page but are gone: they were deleted. */
function dropDeleted(retained: Map<string, RetainedVideo>, page: Content[]): void {
	const ids = new Set(page.map(({ contentId }) => contentId));
	const times = creationTimes(page);
	const [oldestMs, newestMs] = [Math.min(...times), Math.max(...times)];
	for (const [id, video] of retained) {
		const { createdMs } = video;
		const isInRange = createdMs !== null && oldestMs < createdMs && createdMs < newestMs;
		if (isInRange && !ids.has(id) && !isFinished(video)) retained.delete(id);
	}
}

/**
 * Caps the state: drops finished videos first, the oldest of them first. Raises the floor above the dropped videos, so
 * that they do not count as new when they are listed again.
 */
function dropOldest(
	floorMs: number,
	retained: Map<string, RetainedVideo>,
	page: Content[],
): Pick<VideoState, 'retained' | 'floorMs'> {
	if (retained.size <= MAX_VIDEOS) return { retained: Object.fromEntries(retained), floorMs };
	const onPage = new Set(page.map(({ contentId }) => contentId));
	const byPriority = [...retained].sort(
		([, a], [, b]) => priority(b) - priority(a) || (b.createdMs ?? 0) - (a.createdMs ?? 0),
	);
	const dropped = byPriority.slice(MAX_VIDEOS);
	const capped = byPriority.filter(
		([id, { createdMs }], index) => index < MAX_VIDEOS || (createdMs === null && onPage.has(id)),
	);
	const newestDroppedMs = Math.max(...dropped.map(([, { createdMs }]) => createdMs ?? 0));
	return { retained: Object.fromEntries(capped), floorMs: Math.max(floorMs, newestDroppedMs + 1) };
}

function priority(video: RetainedVideo): number {
	return isFinished(video) ? 0 : 1;
}

function isFinished({ ready, failed }: RetainedVideo): boolean {
	return ready === true || failed === true;
}

function creationTime({ created_at: createdAt }: Content): number | null {
	return typeof createdAt === 'number' ? createdAt : null;
}

/** The creation times of a page that the API reports, in its order. */
function creationTimes(page: Content[]): number[] {
	return page.map(creationTime).filter((time) => time !== null);
}
