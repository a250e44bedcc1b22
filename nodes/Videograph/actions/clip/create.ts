import { findClip, idsOf } from '../../clip/identify';
import { clipOutput } from '../../clip/output';
import { streamIdField } from '../fields';
import type { Operation } from '../operation';
import { clipOptionsField } from './options';
import { clipFields, clipRequest } from './request';
import { timeRange, timeRangeFields } from './timeRange';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create clip',
	description: 'Cut a clip out of the recording of a live stream, while it is live or after',
	makes: 'clipId',
	fields: [streamIdField, ...clipFields, ...timeRangeFields, clipOptionsField],
	advice: {
		400: 'Check Live Stream and the times: the stream must be recorded, the clip must lie within its recording, and a recording is kept for 12 hours from the start of the stream.',
		404: 'Check Live Stream: it may be deleted, or belong to another environment than the access token of the Videograph API credential.',
	},

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const request = { ...clipRequest(parameters), ...timeRange(parameters) };
		const simplify = parameters.flag('options.simplify', true);

		return async (client) => {
			const answer = await client.createClip(streamId, request);
			const wanted = { ...request, streamId };
			const named = idsOf(answer);
			const ids = named.clipId === null ? await findClip(client, wanted) : named;
			const clip = clipOutput({
				...wanted,
				...ids,
				status: 'processing',
				playbackUrl: null,
				thumbnailUrl: null,
				created: true,
			});
			return [simplify ? clip : { ...clip, raw: answer }];
		};
	},
};
