import type { INodeProperties } from 'n8n-workflow';
import { createOnce } from '../../idempotency/createOnce';
import { DURATION_FORMS, DURATION_HINT, notFoundAdvice, readOffset, videoIdField } from '../common.descriptions';
import { type Operation, withResponse } from '../operation';
import { changeOptionsField } from './fields';

const position: INodeProperties = {
	displayName: 'Position',
	name: 'position',
	type: 'string',
	default: '0s',
	required: true,
	placeholder: 'e.g. 1m30s, 00:01:30',
	description: `Time of the frame, from the start of the video: ${DURATION_FORMS}`,
	builderHint: { propertyHint: DURATION_HINT },
};

const pixels = (displayName: string, name: 'width' | 'height', value: number): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 1 },
	default: value,
	required: true,
	description: `The ${name} of the thumbnail, in pixels`,
});

export const setThumbnail: Operation = {
	value: 'setThumbnail',
	name: 'Set Thumbnail',
	action: 'Set thumbnail of video',
	description: 'Set a frame of a video as its thumbnail',
	endpoints: ['createThumbnail'],
	fields: [videoIdField, position, pixels('Width', 'width', 1280), pixels('Height', 'height', 720), changeOptionsField],
	advice: { 400: 'Check Position: it must lie within the video.', 404: notFoundAdvice('Video') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = {
			// The API accepts whole seconds only.
			videoPositionInSec: Math.floor(readOffset(parameters, 'position') / 1000),
			width: parameters.positiveInteger('width'),
			height: parameters.positiveInteger('height'),
		};
		const key = parameters.idempotencyKey('thumbnail', contentId, request);

		return async (context) => {
			const send = async () => await context.client.createThumbnail(contentId, request);
			const response = await createOnce(context.store, key, { name: 'the thumbnail', request, send });
			const { videoPositionInSec, width, height } = request;
			const output = { contentId, position: videoPositionInSec, width, height };
			return [withResponse(output, response)];
		};
	},
};
