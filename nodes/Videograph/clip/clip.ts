import type { IDataObject } from 'n8n-workflow';
import { embedUrl } from '../api/urls';
import type { CreateClipResponse } from '../api/types';
import { isoOrNull, stringOrNull } from '../utils/values';
import type { VideoStatus } from '../video/status';
import type { RequestRange } from './timeRange';

/** The ids of a clip, as far as the API has told them. */
export interface ClipIds {
	/** The id of the clip job where the API gave one, else the id of the video that the clip becomes. */
	clipId: string | null;
	/** The id of the video that the clip becomes. */
	contentId: string | null;
}

/** What tells a clip from the others of its stream. */
export interface ClipCriteria extends RequestRange {
	streamId: string;
	title: string;
}

/** What is known of a clip. URLs are null while they are not known. */
export interface Clip extends ClipCriteria, ClipIds {
	status: VideoStatus;
	playbackUrl: string | null;
	thumbnailUrl: string | null;
	/** Whether this run made it. */
	created: boolean;
}

/** A clip that is only looked up: what the API does not tell of it is null. */
export type PartialClip = { [Key in keyof Clip]: Clip[Key] | null };

/**
 * The ids in the answer to Create Clip. Which of these keys it holds is not documented; `uuid` and `id` name the
 * clip's video in the sibling call for videos on demand.
 */
export function readClipIds(answer: CreateClipResponse): ClipIds {
	const contentId = stringOrNull(answer.contentUUID) ?? stringOrNull(answer.contentId);
	const clipId = stringOrNull(answer.clipUUID) ?? contentId ?? stringOrNull(answer.uuid) ?? stringOrNull(answer.id);
	return { clipId, contentId };
}

/** A clip as an output item: part of the public contract, every key always there. */
export function clipOutput(clip: PartialClip): IDataObject {
	const { startTime, endTime } = clip;
	return {
		clipId: clip.clipId,
		contentId: clip.contentId,
		streamId: clip.streamId,
		title: clip.title,
		status: clip.status,
		startTime: startTime === null ? null : isoOrNull(startTime * 1000),
		endTime: endTime === null ? null : isoOrNull(endTime * 1000),
		duration: startTime === null || endTime === null ? null : endTime - startTime,
		playbackUrl: clip.playbackUrl,
		embedUrl: clip.contentId === null ? null : embedUrl('videoId', clip.contentId),
		thumbnailUrl: clip.thumbnailUrl,
		created: clip.created,
	};
}
