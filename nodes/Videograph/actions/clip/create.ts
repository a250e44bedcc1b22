import { notFoundAdvice } from '../common.descriptions';
import type { Operation } from '../operation';
import { waitUntilReadyField } from '../waitOptions';
import { clipCreation, processingHint } from './createAndWait';
import {
	additionalField,
	CLIP_WAIT,
	clipOptionsField,
	ON_EXISTING,
	readClipRequest,
	streamField,
	timeRangeFields,
	titleField,
} from './fields';
import { planRange, resolvePlan } from './timeRange';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create clip',
	description: 'Create a clip from the recording of a live stream, during or after the broadcast',
	builderHint:
		'For one clip of a live stream for each item. For one text with many times use createMany, for a clip of a ' +
		'video createFromVideo. The new clip is processing: turn on waitUntilReady if a later node uses its ' +
		'URLs or its file.',
	endpoints: ['createClip', 'listClips', 'getContent', 'listContents', 'getLivestream'],
	createdIdKey: 'clipId',
	hint: processingHint('The clip is still processing. Turn on <b>Wait Until Ready</b> to return its URLs.'),
	fields: [
		streamField,
		titleField,
		...timeRangeFields,
		waitUntilReadyField(CLIP_WAIT),
		additionalField,
		clipOptionsField,
	],
	advice: {
		400: 'Check Live Stream and the times: it must be recorded, and the clip must lie within its recording (12 hours).',
		404: notFoundAdvice('Live Stream'),
	},

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const input = { streamId, request: readClipRequest(parameters), index: 0 };
		const plan = planRange(parameters, Date.now());
		const clips = clipCreation(parameters, ON_EXISTING.create);

		return async (context) => {
			const result = await clips.create(context, input, async () => await resolvePlan(plan, context, streamId));
			return clips.output(context, result);
		};
	},
};
