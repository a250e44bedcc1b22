import type { IDataObject } from 'n8n-workflow';
import type { ClipListItem, Content, VideoClipListItem } from '../api/types';
import { textOrNull } from '../shared/values';
import { statusOf, type VideoStatus } from '../video/status';
import { clipOutput, type KnownClip } from './clip';

/** Clips that are only looked up, in the form of those that are made: what is not known is null. */

const UNKNOWN: KnownClip = {
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
export function outputOfContent(content: Content, listed: Partial<KnownClip> = {}): IDataObject {
	const { contentId, duration } = content;
	const { streamUUID, startTime, endTime } = content.liveRecording ?? {};
	const output = clipOutput({
		...UNKNOWN,
		clipId: contentId,
		streamId: textOrNull(streamUUID),
		...listed,
		contentId,
		title: textOrNull(content.title),
		status: statusOf(content.status),
		startTime: seconds(startTime),
		endTime: seconds(endTime),
		playbackUrl: textOrNull(content.playbackUrl),
		thumbnailUrl: textOrNull(content.thumbnailUrl),
	});
	return { ...output, duration: output.duration ?? seconds(duration) };
}

/** A clip as the list of the clips of a recording tells it. */
export function knownOfItem(item: ClipListItem, streamId: string): KnownClip {
	return {
		...UNKNOWN,
		clipId: item.clipUUID,
		contentId: textOrNull(item.contentUUID),
		streamId,
		title: textOrNull(item.name),
		status: statusOfItem(item),
	};
}

/** A clip as the list of the clips of a video tells it. */
export function knownOfVideoItem({ uuid, name }: VideoClipListItem): KnownClip {
	return { ...UNKNOWN, clipId: uuid, contentId: uuid, title: textOrNull(name) };
}

/**
 * Where a clip stands, as the list of the clips of a recording tells it. What it calls one that failed is not known, so the
 * word for a video is taken for it too.
 */
export function statusOfItem({ status, statusId }: ClipListItem): VideoStatus {
	return statusId === READY_STATUS_ID ? 'ready' : statusOf(status);
}

function seconds(milliseconds: unknown): number | null {
	return typeof milliseconds === 'number' ? milliseconds / 1000 : null;
}
