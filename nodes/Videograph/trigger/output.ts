import type { IDataObject } from 'n8n-workflow';
import type { Livestream, Video } from '../api/decode';
import { clipOutputFromVideo } from '../clip/clip';
import { livestreamOutput } from '../livestream/livestream';
import { recordingExpiresMs } from '../livestream/recordingTimes';
import { isoOrNull } from '../utils/values';
import { videoOutput } from '../video/video';
import type { StreamEvent, VideoEvent } from './fields';
import type { Broadcast } from './streamTracker';

/** Events as output items. Part of the public contract: every key is always present. */

const HOUR_MS = 60 * 60 * 1000;

/**
 * The item of an event of a live stream. `startTime` and `endTime` have the form that Create Clip expects: the exact
 * times of the recording if the API reports both, else the times that the trigger observed.
 *
 * @param now in epoch milliseconds
 */
export function streamItem(
	event: StreamEvent,
	stream: Livestream,
	broadcast: Broadcast,
	now = Date.now(),
): IDataObject {
	const { startMs, endMs } = broadcast;
	if (event === 'livestreamWentLive') return wentLiveItem(stream);
	const item = { event, ...livestreamOutput(stream), startTime: isoOrNull(startMs), endTime: isoOrNull(endMs) };
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

export function wentLiveItem(stream: Livestream): IDataObject {
	return { event: 'livestreamWentLive' satisfies StreamEvent, ...livestreamOutput(stream) };
}

/** The item of an event of a video or a clip. */
export function videoItem(event: VideoEvent, video: Video): IDataObject {
	return { event, ...(video.recording ? clipOutputFromVideo(video) : videoOutput(video)) };
}

/** The event of a finished video, whether or not it is selected. */
export function eventOf(video: Video, status: 'ready' | 'failed'): VideoEvent {
	if (status === 'failed') return 'videoFailed';
	return video.recording ? 'clipReady' : 'videoReady';
}
