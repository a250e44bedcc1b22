import type { VideographClient } from '../../api/client';
import type { Content } from '../../api/types';
import { createOnce } from '../../idempotency/createOnce';
import type { ItemParameters } from '../../parameters/itemParameters';
import type { PolledVideo } from '../../polling/videoPoller';
import { shortHash } from '../../utils/hash';
import { statusOf, videoOutput } from '../../video/video';
import { optionsField, simplifyField } from '../common.descriptions';
import { type OperationContext, type Task, withResponse } from '../operation';
import { readWaitOptions, readWaitUntilReady, waitOptionFields } from '../waitOptions';
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
		const title = last.content?.title;
		const label = title ? `"${title}" (${last.contentId})` : last.contentId;
		wait.assertReady(context, { status: statusOf(last.content?.status), label });
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
	send: (client: VideographClient) => Promise<Content>,
): Task {
	const waits = readWaitUntilReady(parameters);
	const waitUntilReady = videoWait(parameters);
	const key = shortHash([...parameters.identity(), 'video', request]);
	const toOutput = (content: Content) => [withResponse(videoOutput(content), content)];

	return async (context) => {
		const created = await createOnce(context.store, key, {
			name: 'the video',
			request,
			send: () => send(context.client),
		});
		const output = toOutput(created);
		if (!waits) return output;
		const video = { contentId: created.contentId, content: created };
		const pending = waitUntilReady(context, video).then(({ content }) => toOutput({ ...created, ...content }));
		return { output, pending };
	};
}
