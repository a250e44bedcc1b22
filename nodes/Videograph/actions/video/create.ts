import type { INodeProperties } from 'n8n-workflow';
import type { CreateContent } from '../../api/types';
import { parseSubtitles, parseWatermarks } from '../../parameters/fixedCollections';
import type { ItemParameters } from '../../parameters/itemParameters';
import { parseUrl } from '../../parameters/url';
import { additionalFieldsField } from '../common.descriptions';
import { detailFields, readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { readPolicy } from '../playbackPolicyFields';
import { waitUntilReadyField } from '../waitOptions';
import { createAndWait, createVideoOptions } from './createAndWait';
import { playbackPolicyField, saveOriginalCopyField, subtitleFields, titleField, VIDEO_WAIT } from './fields';

const url: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/final.mp4',
	description: 'The public URL of the video file, from which Videograph downloads it',
	builderHint: {
		propertyHint: 'Such as https://example.com/final.mp4: a file, not a page, that needs no credentials.',
	},
};

const mp4Support: INodeProperties = {
	displayName: 'Enable MP4',
	name: 'mp4Support',
	type: 'boolean',
	default: false,
	description: 'Whether to also create an MP4 file of the video',
};

const subtitles: INodeProperties = {
	displayName: 'Subtitles',
	name: 'subtitles',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Subtitle',
	description: 'The subtitles of the video, one per language',
	options: [{ displayName: 'Subtitle', name: 'values', values: subtitleFields }],
};

const testVideo: INodeProperties = {
	displayName: 'Test Video',
	name: 'testVideo',
	type: 'boolean',
	default: false,
	description: 'Whether to create a test video: only its first 10 seconds are transcoded',
};

/** A field of a watermark that the API accepts as text. */
const text = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});

/** A length in a watermark. */
const length = (displayName: string, name: string, description: string): INodeProperties => ({
	...text(displayName, name, description),
	placeholder: 'e.g. 10px, 10%',
});

const watermarks: INodeProperties = {
	displayName: 'Watermarks',
	name: 'watermarks',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Watermark',
	description: 'Images to show over the video',
	options: [
		{
			displayName: 'Watermark',
			name: 'values',
			values: [
				length('Height', 'height', 'Height of the image'),
				text('Opacity', 'opacity', 'Opacity, in the format Videograph expects'),
				{
					...text('URL', 'url', 'The public URL of the image'),
					required: true,
					placeholder: 'e.g. https://example.com/logo.png',
				},
				length('Width', 'width', 'Width of the image'),
				text('X Align', 'xAlign', 'Horizontal alignment, in the format Videograph expects'),
				length('X Margin', 'xMargin', 'Horizontal margin'),
				length('X Position', 'xPosition', 'Horizontal position'),
				text('Y Align', 'yAlign', 'Vertical alignment, in the format Videograph expects'),
				length('Y Margin', 'yMargin', 'Vertical margin'),
				length('Y Position', 'yPosition', 'Vertical position'),
			],
		},
	],
};

export const create: Operation = {
	value: 'create',
	name: 'Create From URL',
	action: 'Create video from URL',
	description: 'Create a video from a file at a public URL',
	builderHint: 'For a file at a public URL. For a file in a binary field of an item, use Upload > Upload File.',
	endpoints: ['createContent', 'getContent', 'listContents'],
	createdIdKey: 'contentId',
	fields: [
		url,
		titleField,
		waitUntilReadyField(VIDEO_WAIT),
		additionalFieldsField([
			...detailFields('video'),
			mp4Support,
			playbackPolicyField,
			saveOriginalCopyField,
			subtitles,
			testVideo,
			watermarks,
		]),
		createVideoOptions,
	],
	advice: { 400: 'Check URL and Additional Fields: the files must be public and in a supported format.' },

	prepare(parameters) {
		const request = readRequest(parameters);
		return createAndWait(parameters, request, (client) => client.createContent(request));
	},
};

/** Empty fields are not sent. */
function readRequest(parameters: ItemParameters): CreateContent {
	const url = parameters.parse('url', parseUrl);
	const subtitle = parameters.parse('additionalFields.subtitles', parseSubtitles);
	const watermark = parameters.parse('additionalFields.watermarks', parseWatermarks);
	return {
		title: parameters.text('title'),
		content: [{ url }],
		...readDetails(parameters),
		playback_policy: readPolicy(parameters, 'playbackPolicy'),
		...(subtitle.length > 0 && { subtitle }),
		...(watermark.length > 0 && { watermark }),
		mp4_support: parameters.optionalBoolean('additionalFields.mp4Support'),
		save_original_copy: parameters.optionalBoolean('additionalFields.saveOriginalCopy'),
		test_video: parameters.optionalBoolean('additionalFields.testVideo'),
	};
}
