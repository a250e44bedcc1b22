import type { Video } from '../api/decode';
import { PAGE_SIZE } from '../video/listVideos';

/** The trigger state of videos, as pure functions of the last state and a page of the list. */

/** How many videos to retain. */
const MAX_VIDEOS = 1000;
/** How much of the last page to read again at the next poll, if the list is oldest first. */
const OVERLAP = 0.75;
/** How far before the first unfinished video to start, so that deleted videos do not move it off the page. */
const DELETION_MARGIN = 25;
/** After this time, a video that is still processing counts as stuck. */
const STUCK_MS = 24 * 60 * 60 * 1000;

/** A retained video, and which of its events were emitted. */
interface RetainedVideo {
	/** In epoch milliseconds; null if the API does not report it. */
	createdMs: number | null;
	ready?: true;
	failed?: true;
}

/** By ID. */
type Retained = Map<string, RetainedVideo>;

/** `unpaged`: the server ignores the page size and returns the whole list. */
type ListOrder = 'unknown' | 'newestFirst' | 'oldestFirst' | 'unpaged';

/** One pass over the pages that may contain changes. Times in epoch milliseconds. */
interface Pass {
	newestMs: number;
	oldestMs: number;
	/** The index of the first video that is still processing. */
	firstUnfinished: number | null;
	/** The number of videos on the longest page. */
	pageSize: number;
}

export interface VideoState {
	/** Entries by ID. */
	retained: Array<[id: string, RetainedVideo]>;
	/** Unknown videos created before this time already existed when watching began. In epoch milliseconds. */
	floorMs: number;
	/** Whether this is the first pass over the list: all of its videos already existed. */
	isFirstPass: boolean;
	order: ListOrder;
	/** The index of the next page in the list. */
	start: number;
	/** The creation time of the newest video of the last pass, in epoch milliseconds. */
	coveredMs: number;
	/** The pass in progress; null between two passes. */
	pass: Pass | null;
}

export interface FinishedVideo {
	video: Video;
	status: 'ready' | 'failed';
	/** Whether it already existed when watching began. */
	isPreexisting: boolean;
}

export const INITIAL_VIDEO_STATE: VideoState = {
	retained: [],
	floorMs: 0,
	isFirstPass: true,
	order: 'unknown',
	start: 0,
	coveredMs: 0,
	pass: null,
};

export interface PageContext {
	/** The IDs on the pages of this pass that this poll has read. */
	passIds: ReadonlySet<string>;
	/** Whether the first pass reads the whole list. */
	readsAll: boolean;
	/** The videos whose details could not be fetched. They count as processing, so that a later poll fetches them. */
	unreadableIds: ReadonlySet<string>;
}

/** The videos of a page that have finished since the last state. */
export function findFinished(state: VideoState, page: Video[]): FinishedVideo[] {
	const retained = new Map(state.retained);
	const finished = new Map<string, FinishedVideo>();
	for (const video of page) {
		const { id, status } = video;
		const earlier = retained.get(id);
		if (status === 'processing' || earlier?.[status] || !isWatched(video, earlier, state)) continue;
		finished.set(id, { video, status, isPreexisting: !earlier && state.isFirstPass });
	}
	return [...finished.values()];
}

/** Whether a video is known, or new since watching began. */
function isWatched({ createdMs }: Video, earlier: RetainedVideo | undefined, state: VideoState): boolean {
	return earlier !== undefined || state.isFirstPass || createdMs === null || createdMs >= state.floorMs;
}

/**
 * Applies a page of the list to the state.
 *
 * The order of the list is unknown, and so is whether the server honors `start` and `limit`. A pass therefore reads as
 * many pages as needed to see every video that may have changed. A short page is not the end of the list: a page
 * without a new video is.
 *
 * @param previous not modified
 * @param page the videos from `previous.start` on
 */
export function applyPage(
	previous: VideoState,
	page: Video[],
	context: PageContext,
): { state: VideoState; isPassOver: boolean } {
	const retained: Retained = new Map(previous.retained);
	for (const video of page) {
		const { id, createdMs, status } = video;
		const earlier = retained.get(id);
		if (!isWatched(video, earlier, previous)) continue;
		const isFinished = status !== 'processing' && !context.unreadableIds.has(id);
		retained.set(id, { createdMs, ...earlier, ...(isFinished && { [status]: true as const }) });
	}
	const { cursor, isPassOver } = advanceCursor(previous, retained, page, context);
	return { state: { ...cursor, ...dropOldest(cursor.floorMs, retained, page) }, isPassOver };
}

type Cursor = Omit<VideoState, 'retained'>;

/** Moves the cursor to the next page of the pass, or to the first page of the next pass. Drops deleted videos. */
function advanceCursor(
	previous: VideoState,
	retained: Retained,
	page: Video[],
	{ passIds, readsAll }: PageContext,
): { cursor: Cursor; isPassOver: boolean } {
	const { start, isFirstPass, coveredMs, floorMs } = previous;
	const order = inferOrder(previous, page);
	const isEnd = page.every(({ id }) => passIds.has(id));
	dropDeleted(retained, page, isEnd, order, previous);
	const pass = extendPass(previous, retained, page);
	const mayHaveOlder = hasOlderPages(retained, page, coveredMs, pass.newestMs);
	const unchanged = { isFirstPass, coveredMs, floorMs, order };
	if (order !== 'newestFirst' && start > 0 && previous.pass === null && mayHaveOlder) {
		// Deleted videos have moved the rest towards the start of the list.
		return { cursor: { ...unchanged, start: Math.max(start - PAGE_SIZE, 0), pass: null }, isPassOver: false };
	}
	const continues = {
		unknown: true,
		oldestFirst: true,
		newestFirst: isFirstPass ? readsAll : mayHaveOlder,
		unpaged: false,
	};
	if (!isEnd && continues[order]) {
		return { cursor: { ...unchanged, start: start + page.length, pass }, isPassOver: false };
	}
	const hasUnreadPages = isFirstPass && !isEnd && order === 'newestFirst';
	const cursor = {
		isFirstPass: false,
		coveredMs: pass.newestMs,
		floorMs: hasUnreadPages ? Math.max(floorMs, pass.oldestMs) : floorMs,
		order,
		start: order === 'oldestFirst' ? nextTail(isEnd ? start : start + page.length, pass) : 0,
		pass: null,
	};
	return { cursor, isPassOver: true };
}

/** Infers the order of the list from the creation times on a page. Without a difference, the order is as before. */
function inferOrder({ order, start, pass }: Cursor, page: Video[]): ListOrder {
	if (page.length > PAGE_SIZE) return 'unpaged';
	const times = creationTimes(page);
	const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
	if (first < last) return 'oldestFirst';
	if (first > last) return 'newestFirst';
	if (start > 0 && pass && first > pass.newestMs) return 'oldestFirst';
	return order === 'unpaged' ? 'unknown' : order;
}

function extendPass({ start, pass, coveredMs }: Cursor, retained: Retained, page: Video[]): Pass {
	const times = creationTimes(page);
	const newestMs = Math.max(pass?.newestMs ?? 0, ...times);
	const pendingFrom = pendingFloor(newestMs, coveredMs);
	const index = page.findIndex(({ id }) => isPending(retained.get(id), pendingFrom));
	return {
		newestMs,
		oldestMs: Math.min(pass?.oldestMs ?? Number.MAX_SAFE_INTEGER, ...times),
		firstUnfinished: pass?.firstUnfinished ?? (index < 0 ? null : start + index),
		pageSize: Math.max(pass?.pageSize ?? 0, page.length),
	};
}

/** Whether there may be new or unfinished videos that are older than those on the page. */
function hasOlderPages(retained: Retained, page: Video[], coveredMs: number, newestMs: number): boolean {
	const oldestMs = Math.min(...creationTimes(page));
	const pendingFrom = pendingFloor(newestMs, coveredMs);
	return (
		oldestMs > coveredMs ||
		[...retained.values()].some((video) => isPending(video, pendingFrom) && (video.createdMs ?? Infinity) < oldestMs)
	);
}

/** The start of the next pass over a list with the oldest videos first: before all that may change. */
function nextTail(total: number, { pageSize, firstUnfinished }: Pass): number {
	const tail = Math.min(total - Math.ceil(pageSize * OVERLAP), (firstUnfinished ?? total) - DELETION_MARGIN);
	return Math.max(tail, 0);
}

/** Drops unfinished videos that should be on this page but are gone: they were deleted. */
function dropDeleted(
	retained: Retained,
	page: Video[],
	isEnd: boolean,
	order: ListOrder,
	{ start, pass }: Cursor,
): void {
	const ids = new Set(page.map(({ id }) => id));
	const times = creationTimes(page);
	const isOldestPage = order === 'unpaged' || (order === 'oldestFirst' && start === 0);
	const oldestMs = isOldestPage ? -Infinity : Math.min(...times);
	const newestMs = Math.max(...times);
	const endMs = isEnd && order === 'newestFirst' && pass ? pass.oldestMs : -Infinity;
	for (const [id, video] of retained) {
		const { createdMs } = video;
		if (createdMs === null || ids.has(id) || isFinished(video)) continue;
		if ((oldestMs < createdMs && createdMs < newestMs) || createdMs < endMs) retained.delete(id);
	}
}

/**
 * Caps the state: drops finished videos first, the oldest of them first. Raises the floor above the dropped videos, so
 * that they do not count as new when they are listed again.
 */
function dropOldest(floorMs: number, retained: Retained, page: Video[]): Pick<VideoState, 'retained' | 'floorMs'> {
	if (retained.size <= MAX_VIDEOS) return { retained: [...retained], floorMs };
	const onPage = new Set(page.map(({ id }) => id));
	const byPriority = [...retained].sort(
		([, a], [, b]) => Number(isFinished(a)) - Number(isFinished(b)) || (b.createdMs ?? 0) - (a.createdMs ?? 0),
	);
	const dropped = byPriority.slice(MAX_VIDEOS);
	const capped = byPriority.filter(
		([id, { createdMs }], index) => index < MAX_VIDEOS || (createdMs === null && onPage.has(id)),
	);
	const newestDroppedMs = Math.max(...dropped.map(([, { createdMs }]) => createdMs ?? 0));
	return { retained: capped, floorMs: Math.max(floorMs, newestDroppedMs + 1) };
}

function isFinished({ ready, failed }: RetainedVideo): boolean {
	return ready === true || failed === true;
}

/** Videos created before this time are not pending: they are stuck. */
function pendingFloor(newestMs: number, coveredMs: number): number {
	return Math.max(newestMs, coveredMs) - STUCK_MS;
}

function isPending(video: RetainedVideo | undefined, fromMs: number): boolean {
	return video !== undefined && !isFinished(video) && (video.createdMs ?? Infinity) > fromMs;
}

/** The creation times of a page that the API reports, in its order. */
function creationTimes(page: Video[]): number[] {
	return page.map(({ createdMs }) => createdMs).filter((time) => time !== null);
}
