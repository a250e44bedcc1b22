import type { INodeProperties } from 'n8n-workflow';
import { clipFromList, clipOutput, clipOutputFromVideo } from '../../clip/clip';
import { additionalFieldsField, notFoundAdvice, recordedStreamIdField, simplifyField } from '../common.descriptions';
import type { Operation } from '../operation';

const clipIdField: INodeProperties = {
	displayName: 'Clip ID',
	name: 'clipId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 0d8a7a1e-5f5e-4bd1-8c36-5a9d2f4a7c10',
	description: 'A clipId or contentId, as Create returns them',
	builderHint: { propertyHint: 'contentId if it is not null, else clipId with streamId in additionalFields.' },
};

const sourceStreamField: INodeProperties = {
	...recordedStreamIdField,
	required: false,
	description: 'The live stream of the clip. Only needed for a clipId, if the contentId was null.',
};

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get clip',
	description: 'Get the status and the URLs of a clip',
	endpoints: ['getContent', 'listClips'],
	fields: [clipIdField, additionalFieldsField([sourceStreamField]), simplifyField],

	prepare(parameters) {
		const id = parameters.id('clipId');
		const streamId = parameters.optionalId('additionalFields.streamId');

		return async ({ client }) => {
			const video = await client.findContent(id);
			if (video) return [{ json: clipOutputFromVideo(video), raw: video.raw }];

			const clips = streamId === undefined ? [] : await client.listClips(streamId);
			const listed = clips?.find(({ clipId, contentId }) => clipId === id || contentId === id);
			if (streamId === undefined || !listed) {
				throw parameters.error(
					`There is no clip ${id}`,
					`${notFoundAdvice('Clip ID')} For a clipId whose contentId was null, add Live Stream.`,
				);
			}
			const clip = clipFromList(listed, streamId);
			const clipVideo = listed.contentId === null ? undefined : await client.findContent(listed.contentId);
			if (!clipVideo) return [{ json: clipOutput(clip), raw: listed.raw }];
			return [{ json: clipOutputFromVideo(clipVideo, clip), raw: clipVideo.raw }];
		};
	},
};
