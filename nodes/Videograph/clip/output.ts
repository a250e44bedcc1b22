import type { IDataObject } from 'n8n-workflow';
import { embedUrl } from '../api/pages';
import type { TimeRange } from './timeRange';

export type ClipStatus = 'processing' | 'ready' | 'failed';

/** What is known of a clip. Ids and URLs are null while they are not known. */
export interface Clip extends TimeRange {
	/** The id of the clip job where the API gave one, else the id of the video that the clip becomes. */
	clipId: string | null;
	/** The id of the video that the clip becomes. */
	contentId: string | null;
	streamId: string;
	title: string;
	status: ClipStatus;
	playbackUrl: string | null;
	thumbnailUrl: string | null;
	/** Whether this run made it. */
	created: boolean;
}

/** A clip as an output item: part of the public contract, every key always there. */
export function clipOutput(clip: Clip): IDataObject {
	return {
		clipId: clip.clipId,
		contentId: clip.contentId,
		streamId: clip.streamId,
		title: clip.title,
		status: clip.status,
		startTime: new Date(clip.startTime * 1000).toISOString(),
		endTime: new Date(clip.endTime * 1000).toISOString(),
		duration: clip.endTime - clip.startTime,
		playbackUrl: clip.playbackUrl,
		embedUrl: clip.contentId === null ? null : embedUrl('videoId', clip.contentId),
		thumbnailUrl: clip.thumbnailUrl,
		created: clip.created,
	};
}
