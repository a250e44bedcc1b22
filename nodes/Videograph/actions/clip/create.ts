import { STREAM_NOT_FOUND } from '../livestream/advice';
import type { Operation } from '../operation';
import { ClipTasks } from './createAndWait';
import { additionalField, clipRequest, streamField, titleField } from './fields';
import { clipOptionsField } from './options';
import { planRange } from './timeRange';
import { timeRangeFields } from './timeRangeFields';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create clip',
	description: 'Cut a clip out of the recording of a live stream, while it is live or after',
	endpoints: ['createClip', 'listClips', 'getContent', 'listContents', 'getLivestream'],
	createdIdKeys: ['clipId'],
	processingHint: 'Videograph is still making the clip. The option <b>Wait Until Ready</b> waits for its links, up to <b>Timeout</b>.',
	fields: [streamField, titleField, ...timeRangeFields, additionalField, clipOptionsField],
	advice: {
		400: 'Check Live Stream and the times: the stream must be recorded, the clip must lie within its recording, and a recording is kept for 12 hours from the start of the stream.',
		404: STREAM_NOT_FOUND,
	},

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const wish = { streamId, request: clipRequest(parameters), index: 0 };
		const span = planRange(parameters, Date.now());
		const orders = new ClipTasks(parameters, ['create', 'reuse']);

		return async (run) => {
			const made = await orders.create(run, wish, () => span(() => run.recordings.get(streamId)));
			return orders.outputs(run, [made]);
		};
	},
};
