import type { VideographClient } from '../api/client';
import type { ClipListItem, Content, CreatedClip } from '../api/types';
import { isObject, textOrNull } from '../shared/values';
import type { TimeRange } from './timeRange';

/** The ids of a clip, as far as the API has told them. */
export interface ClipIds {
	clipId: string | null;
	contentId: string | null;
}

/** How many clips of the same title are looked into for the one that was just made. */
const CANDIDATES = 20;

/**
 * The ids in the answer to Create Clip. Which of these keys it holds is not documented; `uuid` and `id` name the
 * clip's video in the sibling call for videos on demand.
 */
export function idsOf(answer: CreatedClip): ClipIds {
	const contentId = textOrNull(answer.contentUUID) ?? textOrNull(answer.contentId);
	const clipId = textOrNull(answer.clipUUID) ?? contentId ?? textOrNull(answer.uuid) ?? textOrNull(answer.id);
	return { clipId, contentId };
}

/** What tells a clip from the others of its stream. */
export interface WantedClip extends TimeRange {
	streamId: string;
	title: string;
}

/**
 * Looks for a clip that the answer to its creation did not name. The list of clips tells only titles, so a candidate
 * whose video is known is compared by its range; one that is still being made has no video yet, and is taken only when
 * no other of that title is: a wrong id would be worse than none.
 *
 * @returns nothing known where the list does not tell it, or cannot be read at all (it is not documented)
 */
export async function findClip(client: VideographClient, wanted: WantedClip): Promise<ClipIds> {
	const unknown = { clipId: null, contentId: null };
	const clips = await client.listClips(wanted.streamId).catch(() => []);
	const sameTitle = clips.filter((clip) => clip.name === wanted.title).sort(newestFirst).slice(0, CANDIDATES);

	for (const clip of sameTitle) {
		const contentId = textOrNull(clip.contentUUID);
		const content = contentId && (await client.getContent(contentId).catch(() => undefined));
		if (content && isCutFrom(content, wanted)) return { clipId: clip.clipUUID, contentId };
	}
	const [unfinished, ...others] = sameTitle.filter((clip) => !textOrNull(clip.contentUUID));
	return unfinished && others.length === 0 ? { clipId: unfinished.clipUUID, contentId: null } : unknown;
}

function newestFirst(a: ClipListItem, b: ClipListItem): number {
	return (b.created_at ?? 0) - (a.created_at ?? 0);
}

/** Whether a video is a clip of this stream and range. Its times are milliseconds, and those asked for are seconds. */
function isCutFrom({ liveRecording }: Content, wanted: WantedClip): boolean {
	return (
		isObject(liveRecording) &&
		liveRecording.streamUUID === wanted.streamId &&
		liveRecording.startTime === wanted.startTime * 1000 &&
		liveRecording.endTime === wanted.endTime * 1000
	);
}
