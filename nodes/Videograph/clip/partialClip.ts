import type { IDataObject } from 'n8n-workflow';
import type { ClipListItem, Content, VideoClipListItem } from '../api/types';
import { stringOrNull } from '../utils/values';
import { statusOf, type VideoStatus } from '../video/status';
import { clipOutput, type PartialClip } from './clip';

/** Clips that are only looked up, in the form of those that are made: what is not known is null. */

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

/** What the list of the clips of a recording calls a clip that is ready. */
const READY_STATUS_ID = 3;

/**
 * A clip as its video tells it.
 *
 * @param listed what a list has told of it
 */
export function clipOutputFromVideo(content: Content, listed: Partial<PartialClip> = {}): IDataObject {
	const { contentId, duration } = content;
	const { streamUUID, startTime, endTime } = content.liveRecording ?? {};
	const output = clipOutput({
		...EMPTY_CLIP,
		clipId: contentId,
		streamId: stringOrNull(streamUUID),
		...listed,
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

/** A clip as the list of the clips of a recording tells it. */
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

/** A clip as the list of the clips of a video tells it. */
export function clipFromVideoListItem({ uuid, name }: VideoClipListItem): PartialClip {
	return { ...EMPTY_CLIP, clipId: uuid, contentId: uuid, title: stringOrNull(name) };
}

/**
 * Where a clip stands, as the list of the clips of a recording tells it. What it calls one that failed is not known, so the
 * word for a video is taken for it too.
 */
export function listItemStatus({ status, statusId }: ClipListItem): VideoStatus {
	return statusId === READY_STATUS_ID ? 'ready' : statusOf(status);
}

function toSeconds(milliseconds: unknown): number | null {
	return typeof milliseconds === 'number' ? milliseconds / 1000 : null;
}
