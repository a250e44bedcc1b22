import type { INodeProperties } from 'n8n-workflow';
import { createOnce } from '../../idempotency/createOnce';
import { shortHash } from '../../utils/hash';
import { videoIdField } from '../common.descriptions';
import { OFFSET_FORMS, readOffset } from '../offset';
import type { Operation } from '../operation';
import { changeOptionsField, VIDEO_NOT_FOUND } from './fields';

const position: INodeProperties = {
	displayName: 'Position',
	name: 'position',
	type: 'string',
	default: '0s',
	required: true,
	placeholder: 'e.g. 1m30s, 00:01:30',
	description: `How long after the start of the video the picture is taken: ${OFFSET_FORMS}`,
};

const pixels = (displayName: string, name: string, usual: number): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 1 },
	default: usual,
	required: true,
	description: `The ${name} of the picture, in pixels`,
});

export const setThumbnail: Operation = {
	value: 'setThumbnail',
	name: 'Set Thumbnail',
	action: 'Set thumbnail of video',
	description: 'Take a picture out of a video, and show it where the video is not played yet',
	endpoints: ['createThumbnail'],
	fields: [videoIdField, position, pixels('Width', 'width', 1280), pixels('Height', 'height', 720), changeOptionsField],
	advice: { 400: 'Check Position: it must lie within the video.', 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = {
			// The API takes whole seconds.
			videoPositionInSec: Math.floor(readOffset(parameters, 'position') / 1000),
			width: parameters.positiveInteger('width'),
			height: parameters.positiveInteger('height'),
		};
		const simplify = parameters.boolean('options.simplify', true);
		const key = shortHash([...parameters.identity(), 'thumbnail', contentId, request]);

		return async (run) => {
			const send = async () => await run.client.createThumbnail(contentId, request);
			const answer = await createOnce(run.store, key, { name: 'the thumbnail', request, send: send });
			const { videoPositionInSec, width, height } = request;
			const output = { contentId, position: videoPositionInSec, width, height };
			return [simplify ? output : { ...output, raw: answer }];
		};
	},
};
