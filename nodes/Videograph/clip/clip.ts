import type { IDataObject } from 'n8n-workflow';
import type { ClipListItem, Content, CreateClipResponse, VideoClipListItem } from '../api/types';
import { embedUrl } from '../api/urls';
import { isoOrNull, stringOrNull } from '../utils/values';
import { statusOf, type VideoStatus } from '../video/video';
import type { RequestRange } from './timeRange';

/** The IDs of a clip; null while the API has not returned them. */
export interface ClipIds {
	/** The ID of the clip job if the API returned one, otherwise the ID of the clip's video. */
	clipId: string | null;
	/** The ID of the clip's video. */
	contentId: string | null;
}

/** The properties that identify a clip among the clips of its stream. */
export interface ClipCriteria extends RequestRange {
	streamId: string;
	title: string;
}

/** A clip that was created or reused. Its URLs are null until they are known. */
export interface Clip extends ClipCriteria, ClipIds {
	status: VideoStatus;
	playbackUrl: string | null;
	thumbnailUrl: string | null;
	/** False if an existing clip was reused. */
	created: boolean;
}

/** A clip that was read from the API. Properties that the response lacks are null. */
export type PartialClip = { [Key in keyof Clip]: Clip[Key] | null };

const EMPTY_CLIP: PartialClip = {
	clipId: null,
	contentId: null,
	streamId: null,
	title: null,
	status: null,
	startTime: null,
	endTime: null,
	playbackUrl: null,
	thumbnailUrl: null,
	created: false,
};

/** The `statusId` of a ready clip in the clip list of a live stream. */
const READY_STATUS_ID = 3;

/**
 * Reads the IDs from the response to Create Clip. The keys of that response are not documented; in the response to
 * Create Clip From Video, `uuid` and `id` identify the clip's video.
 */
export function readClipIds(response: CreateClipResponse): ClipIds {
	const contentId = stringOrNull(response.contentUUID) ?? stringOrNull(response.contentId);
	const clipId =
		stringOrNull(response.clipUUID) ?? contentId ?? stringOrNull(response.uuid) ?? stringOrNull(response.id);
	return { clipId, contentId };
}

/** A clip as an output item. The keys are part of the public contract and always present. */
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

/**
 * The video of a clip as an output item of a clip.
 *
 * @param listedClip properties from a clip list, which take precedence over the defaults
 */
export function clipOutputFromVideo(content: Content, listedClip: Partial<PartialClip> = {}): IDataObject {
	const { contentId, duration } = content;
	const { streamUUID, startTime, endTime } = content.liveRecording ?? {};
	const output = clipOutput({
		...EMPTY_CLIP,
		clipId: contentId,
		streamId: stringOrNull(streamUUID),
		...listedClip,
		contentId,
		title: stringOrNull(content.title),
		status: statusOf(content.status),
		startTime: toSeconds(startTime),
		endTime: toSeconds(endTime),
		playbackUrl: stringOrNull(content.playbackUrl),
		thumbnailUrl: stringOrNull(content.thumbnailUrl),
	});
	return { ...output, duration: output.duration ?? toSeconds(duration) };
}

/** Converts an entry of a live stream's clip list. */
export function clipFromListItem(item: ClipListItem, streamId: string): PartialClip {
	return {
		...EMPTY_CLIP,
		clipId: item.clipUUID,
		contentId: stringOrNull(item.contentUUID),
		streamId,
		title: stringOrNull(item.name),
		status: listItemStatus(item),
	};
}

/** Converts an entry of a video's clip list. */
export function clipFromVideoListItem({ uuid, name }: VideoClipListItem): PartialClip {
	return { ...EMPTY_CLIP, clipId: uuid, contentId: uuid, title: stringOrNull(name) };
}

/**
 * The status of an entry of a live stream's clip list. The list's word for a failed clip is not documented, so the word
 * for a failed video is assumed.
 */
export function listItemStatus({ status, statusId }: ClipListItem): VideoStatus {
	return statusId === READY_STATUS_ID ? 'ready' : statusOf(status);
}

function toSeconds(milliseconds: unknown): number | null {
	return typeof milliseconds === 'number' ? milliseconds / 1000 : null;
}
