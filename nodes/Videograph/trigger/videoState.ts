import type { Content } from '../api/types';
import { statusOf } from '../video/status';

/** What is remembered of the videos: pure functions of what was known and what is seen. */

/** How many videos are asked for at once. */
export const PAGE_SIZE = 100;
/** How many videos are remembered. */
const MAX_VIDEOS = 1000;
/** How much of a page is left for new videos, where the list begins with the oldest. */
const NEW_VIDEO_ROOM = 25;
/** A video that is still being made is looked for as long as it is not older than that. */
const STUCK_MS = 24 * 60 * 60 * 1000;

/** What has been told of a video. */
interface KnownVideo {
	/** Epoch milliseconds; null where the API does not tell. */
	createdMs: number | null;
	ready?: true;
	failed?: true;
}

export interface VideoState {
	known: Record<string, KnownVideo>;
	/** A video that is not known and was made before that was there before anybody looked. Epoch milliseconds. */
	floorMs: number;
	/** Whether everything that is found was there before. */
	isFirstPass: boolean;
	/** Where the next page begins, counted from the start of the list. */
	start: number;
	/** The newest video of the last pass over the list, and of this one. Epoch milliseconds. */
	coveredMs: number;
	newestMs: number;
	/** Where in the list the first video is that is still being made, in this pass. */
	firstUnfinished: number | null;
}

export interface FinishedVideo {
	content: Content;
	status: 'ready' | 'failed';
	/** Whether it was there when the trigger began. */
	isPreexisting: boolean;
}

export const INITIAL_VIDEO_STATE: VideoState = {
	known: {},
	floorMs: 0,
	isFirstPass: true,
	start: 0,
	coveredMs: 0,
	newestMs: 0,
	firstUnfinished: null,
};

/**
 * What is known of the videos after a page of their list, and which of them are ready or have failed since.
 *
 * The order of the list is not known, nor whether the server takes notice of where a page starts, and how long it may
 * be. So a pass goes over as many pages as it takes to see all that may have changed, one a poll.
 *
 * @param before what was known; it stays as it is
 * @param page the videos from `before.start` on, `PAGE` of them asked for
 */
export function applyPage(before: VideoState, page: Content[]): { videos: VideoState; finished: FinishedVideo[] } {
	const known = new Map(Object.entries(before.known));
	const finished: FinishedVideo[] = [];
	for (const content of page) {
		const createdMs = creationTime(content);
		const told = known.get(content.contentId);
		if (!told && !before.isFirstPass && createdMs !== null && createdMs < before.floorMs) continue;
		const one = { ...(told ?? { createdMs }) };
		known.set(content.contentId, one);
		const status = statusOf(content.status);
		if (status === 'processing' || one[status]) continue;
		one[status] = true;
		finished.push({ content, status: status, isPreexisting: !told && before.isFirstPass });
	}
	forgetDeleted(known, page);
	const isRepeated = page.every(({ contentId }) => Object.hasOwn(before.known, contentId));
	const place = nextPage(before, known, page, isRepeated);
	return { videos: { ...place, ...forgetOldest(place.floorMs, known, page) }, finished };
}

type Cursor = Omit<VideoState, 'known'>;

/**
 * Where to go on, and what the pass has covered where it is over.
 *
 * @param isRepeated whether everything on the page was known before
 */
function nextPage(before: Cursor, known: Map<string, KnownVideo>, page: Content[], isRepeated: boolean): Cursor {
	const { start, isFirstPass, coveredMs, floorMs } = before;
	const times = creationTimes(page);
	const oldestMs = Math.min(...times);
	const newestMs = Math.max(before.newestMs, ...times);
	const isUnfinished = (one: KnownVideo | undefined): one is KnownVideo =>
		one !== undefined && !isFinished(one) && (one.createdMs ?? Infinity) > Math.max(newestMs, coveredMs) - STUCK_MS;
	const unfinished = page.findIndex(({ contentId }) => isUnfinished(known.get(contentId)));
	const firstUnfinished = before.firstUnfinished ?? (unfinished < 0 ? null : start + unfinished);

	const isMoreBefore =
		oldestMs > coveredMs || [...known.values()].some((one) => isUnfinished(one) && (one.createdMs ?? Infinity) < oldestMs);
	// Videos that were deleted have moved the others towards the beginning.
	const isTooFar = start > 0 && before.newestMs === 0 && isMoreBefore;
	if (isTooFar) return { ...before, start: Math.max(start - PAGE_SIZE, 0) };

	const beginsWithOldest = (times[0] ?? 0) < (times.at(-1) ?? 0) || (start > 0 && newestMs > before.newestMs);
	// More than was asked for, or the same once more: the server gives the same whatever page is asked for.
	const isFull = page.length === PAGE_SIZE && !(isFirstPass && isRepeated);
	if (isFull && (beginsWithOldest || (isMoreBefore && !isFirstPass))) {
		return { start: start + PAGE_SIZE, isFirstPass, coveredMs, newestMs, floorMs, firstUnfinished };
	}
	const total = start + page.length;
	const tail = Math.min(total - (PAGE_SIZE - NEW_VIDEO_ROOM), (firstUnfinished ?? total) - NEW_VIDEO_ROOM);
	return {
		start: beginsWithOldest ? Math.max(tail, 0) : 0,
		coveredMs: newestMs,
		newestMs: 0,
		firstUnfinished: null,
		isFirstPass: false,
		floorMs: isFirstPass && isFull && times.length > 0 ? oldestMs : floorMs,
	};
}

/** A video that the page would hold, had it not been deleted before it was finished, is not waited for any more. */
function forgetDeleted(known: Map<string, KnownVideo>, page: Content[]): void {
	const ids = new Set(page.map(({ contentId }) => contentId));
	const times = creationTimes(page);
	const [oldestMs, newestMs] = [Math.min(...times), Math.max(...times)];
	for (const [id, one] of known) {
		const { createdMs } = one;
		const isOnPage = createdMs !== null && oldestMs < createdMs && createdMs < newestMs;
		if (isOnPage && !ids.has(id) && !isFinished(one)) known.delete(id);
	}
}

/**
 * Forgets what was told first, the oldest of that before the rest. A video that was forgotten must not be new when it is
 * seen again: from then on the floor is above it.
 */
function forgetOldest(floorMs: number, known: Map<string, KnownVideo>, page: Content[]): Pick<VideoState, 'known' | 'floorMs'> {
	if (known.size <= MAX_VIDEOS) return { known: Object.fromEntries(known), floorMs };
	const onPage = new Set(page.map(({ contentId }) => contentId));
	const byWorth = [...known].sort(([, a], [, b]) => priority(b) - priority(a) || (b.createdMs ?? 0) - (a.createdMs ?? 0));
	const forgotten = byWorth.slice(MAX_VIDEOS);
	const kept = byWorth.filter(([id, { createdMs }], index) => index < MAX_VIDEOS || (createdMs === null && onPage.has(id)));
	const newestForgottenMs = Math.max(...forgotten.map(([, { createdMs }]) => createdMs ?? 0));
	return { known: Object.fromEntries(kept), floorMs: Math.max(floorMs, newestForgottenMs + 1) };
}

function priority(one: KnownVideo): number {
	return isFinished(one) ? 0 : 1;
}

function isFinished({ ready, failed }: KnownVideo): boolean {
	return ready === true || failed === true;
}

function creationTime({ created_at: createdAt }: Content): number | null {
	return typeof createdAt === 'number' ? createdAt : null;
}

/** When the videos of a page were made, in its order, as far as the API tells. */
function creationTimes(page: Content[]): number[] {
	return page.map(creationTime).filter((time) => time !== null);
}
