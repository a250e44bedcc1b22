import type { VideographClient } from '../../api/client';
import { mergeVideos, type Video } from '../../api/decode';
import { createOnce } from '../../idempotency/createOnce';
import type { ItemParameters } from '../../parameters/itemParameters';
import type { PolledVideo } from '../../polling/videoPoller';
import { videoOutput } from '../../video/video';
import { optionsField, simplifyField } from '../common.descriptions';
import { type OperationContext, type Task, withResponse } from '../operation';
import { readWaitOptions, waitOptionFields } from '../waitOptions';
import { VIDEO_WAIT } from './fields';

/** The options of operations that create a video. */
export const createVideoOptions = optionsField([simplifyField, ...waitOptionFields(VIDEO_WAIT)]);

/**
 * Reads the wait options of an operation on videos.
 *
 * @returns the function that waits until a video is ready
 */
export function videoWait(
	parameters: ItemParameters,
): (context: OperationContext, video: PolledVideo) => Promise<PolledVideo> {
	const wait = readWaitOptions(parameters, VIDEO_WAIT);
	return async (context, video) => {
		const last = await context.videoPoller.wait(video, wait.timeoutMs);
		const { title = null, status = 'processing' } = last.video ?? {};
		const label = title === null ? last.id : `"${title}" (${last.id})`;
		wait.assertReady(context, { status, label });
		return last;
	};
}

/**
 * Creates the video of an item once, and waits for it if Wait Until Ready is on.
 *
 * @param request identifies the video among others of the item
 */
export function createAndWait(
	parameters: ItemParameters,
	request: object,
	send: (client: VideographClient) => Promise<Video>,
): Task {
	const waits = parameters.boolean('waitUntilReady', false);
	const waitUntilReady = videoWait(parameters);
	const key = parameters.idempotencyKey('video', request);
	const toOutput = (video: Video) => [withResponse(videoOutput(video), video.raw)];

	return async (context) => {
		const created = await createOnce(context.store, key, {
			name: 'the video',
			request,
			send: () => send(context.client),
		});
		const output = toOutput(created);
		if (!waits) return output;
		const last = waitUntilReady(context, { id: created.id, video: created });
		return { output, pending: last.then(({ video }) => toOutput(mergeVideos(created, video))) };
	};
}
