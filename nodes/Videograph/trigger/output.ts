import type { IDataObject } from 'n8n-workflow';
import type { Content } from '../api/types';
import { clipOutputFromVideo } from '../clip/partialClip';
import { RECORDING_WINDOW_MS } from '../clip/timeRange';
import { livestreamOutput } from '../livestream/livestream';
import { isObject, isoOrNull } from '../utils/values';
import { videoOutput } from '../video/video';
import type { StreamEvent, VideoEvent } from './events';
import type { Broadcast, StreamSnapshot } from './streamState';

/** The events as output items: part of the public contract, every key always there. */

const HOUR_MS = 60 * 60 * 1000;

export function wentLiveItem({ stream, recorded }: StreamSnapshot): IDataObject {
	return { event: 'livestreamWentLive' satisfies StreamEvent, ...livestreamOutput(stream, recorded) };
}

/**
 * What has become of a live stream. Where it has ended, with the times that Create Clip takes: exactly what was recorded
 * where the API told both, else what was seen of it.
 *
 * @param now in epoch milliseconds
 */
export function streamItem(event: StreamEvent, snapshot: StreamSnapshot, broadcast: Broadcast, now: number): IDataObject {
	const { startMs, endMs } = broadcast;
	if (event === 'livestreamWentLive') return wentLiveItem(snapshot);
	const about = livestreamOutput(snapshot.stream, snapshot.recorded);
	const times = { event, ...about, startTime: isoOrNull(startMs), endTime: isoOrNull(endMs) };
	if (event === 'livestreamEnded') {
		return {
			...times,
			/** In seconds. */
			duration: endMs === undefined ? null : (endMs - startMs) / 1000,
			timesFrom: broadcast.startIsExact && broadcast.endIsExact ? 'recording' : 'polls',
		};
	}
	const expiresMs = startMs + RECORDING_WINDOW_MS;
	return { ...times, expiresAt: isoOrNull(expiresMs), hoursLeft: Math.round((expiresMs - now) / (HOUR_MS / 100)) / 100 };
}

/** A video that is ready or has failed, or a clip. */
export function videoItem(event: VideoEvent, content: Content): IDataObject {
	return { event, ...(isClip(content) ? clipOutputFromVideo(content) : videoOutput(content)) };
}

/** The event that a video is, whichever were chosen. */
export function eventOf(content: Content, status: 'ready' | 'failed'): VideoEvent {
	if (status === 'failed') return 'videoFailed';
	return isClip(content) ? 'clipReady' : 'videoReady';
}

/** Whether a video was cut from a live stream. */
function isClip({ liveRecording }: Content): boolean {
	return isObject(liveRecording);
}
