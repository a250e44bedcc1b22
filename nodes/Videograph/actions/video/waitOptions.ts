import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../parameters/itemParameters';
import type { PolledVideo } from '../../polling/videoPoller';
import { statusOf } from '../../video/video';
import type { OperationContext } from '../operation';

const DEFAULT_TIMEOUT_MS = 10 * 60 * 1000;

export const onNotReadyField: INodeProperties = {
	displayName: 'If Not Ready in Time',
	name: 'onNotReady',
	type: 'options',
	default: 'error',
	description: 'What to do with a video that is still being made when the timeout has passed',
	options: [
		{ name: 'Continue', value: 'continue', description: 'Return the video as it is, with the status processing' },
		{ name: 'Fail', value: 'error', description: 'Fail, with the ID of the video in the error' },
	],
};

export const timeoutField: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'string',
	default: '10m',
	placeholder: 'e.g. 10m',
	description: 'How long to wait until a video is ready, at most',
};

/** Waits for a video until it is ready. */
export type WaitUntilReady = (run: OperationContext, video: PolledVideo) => Promise<PolledVideo>;

/**
 * Reads the options `timeout` and `onNotReady`.
 *
 * @returns what waits for the video of the item. It fails for a video that could not be made, and, unless the option
 * says otherwise, for one that is not ready in time
 */
export function readWaitOptions(parameters: ItemParameters): WaitUntilReady {
	const timeoutMs = parameters.optionalDuration('options.timeout') ?? DEFAULT_TIMEOUT_MS;
	const failIfNotReady = parameters.choice('options.onNotReady', ['error', 'continue']) === 'error';

	return async (run, video) => {
		const ended = await run.videoPoller.wait(video, timeoutMs);
		const status = statusOf(ended.content?.status);
		const title = ended.content?.title;
		const which = title ? `"${title}" (${ended.contentId})` : ended.contentId;
		if (status === 'failed') {
			throw parameters.error(
				`Videograph could not make the video ${which}`,
				'Look at the video in the Videograph dashboard, check the file that it was made of, then make it again.',
			);
		}
		if (status === 'processing' && failIfNotReady && !run.isStopped()) {
			throw parameters.error(
				`The video ${which} is not ready after ${timeoutMs / 1000} seconds`,
				'It is still being made. Set a longer Timeout, or let If Not Ready in Time continue.',
			);
		}
		return ended;
	};
}
