import type { IDataObject } from 'n8n-workflow';
import type { Video } from '../api/decode';
import { clipOutputFromVideo } from '../clip/clip';
import { livestreamOutput } from '../livestream/livestream';
import { recordingExpiresMs } from '../livestream/recordingWindow';
import { isoOrNull } from '../utils/values';
import { videoOutput } from '../video/video';
import type { StreamEvent, VideoEvent } from './events';
import type { Broadcast, StreamSnapshot } from './streamState';

/** Events as output items. Part of the public contract: every key is always present. */

const HOUR_MS = 60 * 60 * 1000;

export function wentLiveItem({ stream }: StreamSnapshot): IDataObject {
	return { event: 'livestreamWentLive' satisfies StreamEvent, ...livestreamOutput(stream) };
}

/**
 * The item of an event of a live stream. `startTime` and `endTime` have the form that Create Clip expects: the exact
 * times of the recording if the API reports both, else the times that the trigger observed.
 *
 * @param now in epoch milliseconds
 */
export function streamItem(
	event: StreamEvent,
	snapshot: StreamSnapshot,
	broadcast: Broadcast,
	now: number,
): IDataObject {
	const { startMs, endMs } = broadcast;
	if (event === 'livestreamWentLive') return wentLiveItem(snapshot);
	const stream = livestreamOutput(snapshot.stream);
	const item = { event, ...stream, startTime: isoOrNull(startMs), endTime: isoOrNull(endMs) };
	if (event === 'livestreamEnded') {
		return {
			...item,
			/** In seconds. */
			duration: endMs === undefined ? null : (endMs - startMs) / 1000,
			timesFrom: broadcast.startIsExact && broadcast.endIsExact ? 'recording' : 'polls',
		};
	}
	const expiresMs = recordingExpiresMs(startMs);
	const hoursLeft = Math.round((expiresMs - now) / (HOUR_MS / 100)) / 100;
	return { ...item, expiresAt: isoOrNull(expiresMs), hoursLeft };
}

/** The item of an event of a video or a clip. */
export function videoItem(event: VideoEvent, video: Video): IDataObject {
	return { event, ...(isClip(video) ? clipOutputFromVideo(video) : videoOutput(video)) };
}

/** The event of a finished video, whether or not it is selected. */
export function eventOf(video: Video, status: 'ready' | 'failed'): VideoEvent {
	if (status === 'failed') return 'videoFailed';
	return isClip(video) ? 'clipReady' : 'videoReady';
}

/** Whether a video is a clip of a live stream. */
export function isClip({ recording }: Video): boolean {
	return recording !== null;
}
