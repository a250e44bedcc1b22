import type { VideographClient } from '../api/client';
import type { ClipListItem, Content } from '../api/types';
import { isObject, textOrNull } from '../shared/values';
import type { ClipIds, WantedClip } from './clip';
import { REFERENCE_KEY } from './reference';

/** What one look for a clip has told. */
export type Sighting =
	/** It exists. */
	| ({ seen: 'yes' } & ClipIds)
	/** A clip of its title is still being made, and cannot be told from it. Its id, where there is only one such. */
	| ({ seen: 'maybe' } & ClipIds)
	| { seen: 'no' };

/** How many clips of the same title are compared, and how many videos are searched. */
const CANDIDATES = 20;
const CONTENTS = 100;

/**
 * Looks for a clip once. The list of clips tells only titles, so those of the wanted title are compared by the video
 * that they have become. While they have none, and where the list does not exist (it is not documented), the newest
 * videos are compared: a video tells what it was cut from.
 *
 * @param reference what the clip carries in its metadata, where it does
 * @param others ids of clips that are known to be others
 */
export async function lookForClip(
	client: VideographClient,
	wanted: WantedClip,
	reference?: string,
	others: ReadonlySet<string> = new Set(),
): Promise<Sighting> {
	const clips = await client.listClips(wanted.streamId);
	const sameTitle = (clips ?? []).filter(({ name }) => name === wanted.title).sort(newestFirst).slice(0, CANDIDATES);

	for (const { clipUUID, contentUUID } of sameTitle) {
		const contentId = textOrNull(contentUUID);
		if (contentId === null) continue;
		const content = await client.getContent(contentId);
		if (isThatClip(content, wanted, reference)) return { seen: 'yes', clipId: clipUUID, contentId };
	}
	const unfinished = sameTitle.filter(
		({ clipUUID, contentUUID }) => textOrNull(contentUUID) === null && !others.has(clipUUID),
	);
	if (clips && unfinished.length === 0) return { seen: 'no' };

	const clipId = unfinished.length === 1 ? (unfinished[0]?.clipUUID ?? null) : null;
	const contents = await client.listContents(0, CONTENTS);
	const found = contents.find((content) => isThatClip(content, wanted, reference));
	if (found) return { seen: 'yes', clipId: clipId ?? found.contentId, contentId: found.contentId };
	// Where each of them has its video among those that were compared, none of them is it.
	const finished = new Set(sameTitle.map(({ contentUUID }) => contentUUID));
	const theirs = contents.filter((content) => isBeingMade(content, wanted) && !finished.has(content.contentId));
	return unfinished.length > theirs.length ? { seen: 'maybe', clipId, contentId: null } : { seen: 'no' };
}

/** Whether a video is a clip of the wanted stream and title that is not ready yet. */
function isBeingMade({ title, status, liveRecording }: Content, { streamId, title: wanted }: WantedClip): boolean {
	return (
		title === wanted && isObject(liveRecording) && liveRecording.streamUUID === streamId && status !== 'Ready'
	);
}

function newestFirst(a: ClipListItem, b: ClipListItem): number {
	return (b.created_at ?? 0) - (a.created_at ?? 0);
}

/** Whether a video is that clip. Its times are milliseconds, and those asked for are seconds. */
function isThatClip({ title, metadata, liveRecording }: Content, wanted: WantedClip, reference?: string): boolean {
	const entries: unknown[] = Array.isArray(metadata) ? metadata : [];
	const carried = entries.find((entry) => isObject(entry) && entry.key === REFERENCE_KEY);
	if (reference !== undefined && isObject(carried)) return carried.value === reference;
	return (
		title === wanted.title &&
		isObject(liveRecording) &&
		liveRecording.streamUUID === wanted.streamId &&
		liveRecording.startTime === wanted.startTime * 1000 &&
		liveRecording.endTime === wanted.endTime * 1000
	);
}
