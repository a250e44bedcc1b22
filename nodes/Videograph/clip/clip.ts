import type { IDataObject } from 'n8n-workflow';
import type { CreatedClip, ListedClip, Video, VideoStatus } from '../api/decode';
import { embedUrl } from '../api/urls';
import { isoOrNull } from '../utils/values';
import type { RequestRange } from './timeRange';

/** The IDs of a clip; null while the API has not returned them. */
export type ClipIds = Pick<CreatedClip, 'clipId' | 'contentId'>;

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
 * @param listedClip properties from a clip list, which take precedence over those of the video
 */
export function clipOutputFromVideo(video: Video, listedClip: Partial<PartialClip> = {}): IDataObject {
	const { id, title, status, playbackUrl, thumbnailUrl, recording } = video;
	const output = clipOutput({
		...EMPTY_CLIP,
		clipId: id,
		streamId: recording?.streamId ?? null,
		...listedClip,
		contentId: id,
		title,
		status,
		startTime: toSeconds(recording?.startMs),
		endTime: toSeconds(recording?.endMs),
		playbackUrl,
		thumbnailUrl,
	});
	return { ...output, duration: output.duration ?? toSeconds(video.durationMs) };
}

/** @param streamId null for the list of a video */
export function clipFromList({ clipId, contentId, title, status }: ListedClip, streamId: string | null): PartialClip {
	return { ...EMPTY_CLIP, clipId, contentId, streamId, title, status };
}

function toSeconds(milliseconds: number | null = null): number | null {
	return milliseconds === null ? null : milliseconds / 1000;
}
