/** The recording window, from the stream's start. */
export const RECORDING_KEPT_MS = 12 * 60 * 60 * 1000;

export interface MetadataEntry {
	key: string;
	value: string;
}

/** What a person may say of anything. */
export interface Described {
	title: string;
	description?: string;
	tags?: string[];
	metadata?: MetadataEntry[];
}

/** What a request for a live stream says. */
export interface StreamRequest extends Described {
	region?: string;
	record: boolean;
	dvrDurationInMins?: number;
	playback_policy?: string[];
	recordings_playback_policy?: string[];
}

/** A live stream; times in epoch milliseconds. */
export interface Stream extends StreamRequest {
	streamUUID: string;
	createdAt: number;
	/** null: it never was live. */
	startedAt: number | null;
	/** null: it has not ended. */
	endedAt: number | null;
	/** When starting or stopping ends; not set: it was never started or stopped. */
	changingUntil?: number;
	/** When it was deleted. */
	deletedAt?: number;
	/** Shown instead of the status that follows from the rest. */
	status?: string;
}

/** What a request for a clip says; times in epoch seconds. */
export interface ClipRequest extends Described {
	startTime: number;
	endTime: number;
}

/** What a request for a clip of a video says; times in seconds from the start of the video. */
export interface VideoClipRequest extends Omit<Described, 'title'> {
	title?: string;
	startTimeInSecs: number;
	endTimeInSecs: number;
}

export interface SubtitleRequest {
	url: string;
	name: string;
	language_code: string;
	support_closed_captions: boolean;
}

export interface Subtitle extends SubtitleRequest {
	uuid: string;
}

export interface ThumbnailRequest {
	videoPositionInSec: number;
	width: number;
	height: number;
}

/** What a request for a video from a URL says; for one with a cut list, `video` and `overlay` in place of `content`. */
export interface ContentRequest extends Described {
	content?: Array<{ url: string }>;
	video?: Array<{ src: string }>;
	overlay?: object;
	watermark?: object[];
	subtitle?: SubtitleRequest[];
	playback_policy?: string[];
	mp4_support?: boolean;
	save_original_copy?: boolean;
	test_video?: boolean;
}

/** What may be added to any content. */
export interface Extras {
	subtitles?: Subtitle[];
	thumbnails?: ThumbnailRequest[];
	save_original_copy?: boolean;
}

export interface Clip extends ClipRequest, Extras {
	/** The id of the clip job. */
	clipUUID: string;
	/** The id of the clip as a video. */
	contentUUID: string;
	streamUUID: string;
	/** Epoch milliseconds. */
	createdAt: number;
}

/** A video on demand that was not cut from a stream. */
export interface Video extends Described, Extras {
	contentId: string;
	durationMs: number;
	/** The time of the camera's clock in its first picture, in epoch milliseconds; not set: 0. */
	clockStartMs?: number;
	/** Epoch milliseconds. */
	createdAt: number;
	/** The video that it was cut from; null: it is no clip. */
	source: string | null;
	/** What asked for it, if it was made from a URL; not set: it is no such video. */
	request?: ContentRequest;
	/** The name of the file that it was uploaded from; not set: it was not. */
	fileName?: string;
}

export type ContentStatus = 'Pending' | 'Preparing' | 'Initializing' | 'Processing' | 'Ready' | 'Failed';

export function contentIdOf(content: Clip | Video): string {
	return 'clipUUID' in content ? content.contentUUID : content.contentId;
}

export function durationMsOf(content: Clip | Video): number {
	return 'clipUUID' in content ? (content.endTime - content.startTime) * 1000 : content.durationMs;
}

/** The time of the camera's clock in the first picture, in epoch milliseconds. */
export function clockStartOf(content: Clip | Video): number {
	return 'clipUUID' in content ? content.startTime * 1000 : (content.clockStartMs ?? 0);
}
