import type { INodeProperties } from 'n8n-workflow';
import { clipFromListItem, clipOutput, clipOutputFromVideo } from '../../clip/clip';
import { recordedStreamIdField, simplifyField } from '../common.descriptions';
import type { Operation } from '../operation';

const clipIdField: INodeProperties = {
	displayName: 'Clip ID',
	name: 'clipId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 0d8a7a1e-5f5e-4bd1-8c36-5a9d2f4a7c10',
	description: 'The clipId or the contentId that Create returned',
};

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			...recordedStreamIdField,
			required: false,
			description:
				'The live stream that the clip was cut from. Only needed where Clip ID is a clipId and the contentId is not known.',
		},
	],
};

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get clip',
	description: 'Get the status and the links of a clip',
	endpoints: ['getContent', 'listClips'],
	fields: [clipIdField, additionalFields, simplifyField],

	prepare(parameters) {
		const id = parameters.id('clipId');
		const streamId = parameters.optionalId('additionalFields.streamId');
		const simplify = parameters.boolean('simplify', true);

		return async ({ client }) => {
			const content = await client.findContent(id);
			if (content) return [simplify ? clipOutputFromVideo(content) : content];

			const clips = streamId === undefined ? [] : await client.listClips(streamId);
			const item = clips?.find(({ clipUUID, contentUUID }) => clipUUID === id || contentUUID === id);
			if (streamId === undefined || !item) {
				throw parameters.error(
					`Videograph has no clip ${id}`,
					'Check Clip ID: the clip may be deleted, or belong to another environment than the access token of the Videograph API credential. If it is the clipId of a clip whose contentId was not known, add Live Stream with the stream that it was cut from.',
				);
			}
			const listed = clipFromListItem(item, streamId);
			const video = listed.contentId === null ? undefined : await client.findContent(listed.contentId);
			if (!simplify) return [video ?? item];
			return [video ? clipOutputFromVideo(video, listed) : clipOutput(listed)];
		};
	},
};
