import type { INodeProperties } from 'n8n-workflow';
import { additionalFieldsField } from '../common.descriptions';
import { detailFields } from '../detailFields';
import { waitUntilReadyField } from '../waitOptions';
import { playbackPolicyField, saveOriginalCopyField, subtitleFields, titleField, VIDEO_WAIT } from './fields';

const url: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/final.mp4',
	description: 'The public URL of the video file, from which Videograph downloads it',
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

/** The fields of Create From URL, without its options. */
export const createFields: INodeProperties[] = [
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
];

/** A minimal body for Create Advanced: 30 seconds of one file. */
const EXAMPLE = `{
  "video": [
    { "src": "https://example.com/final.mp4", "settings": { "start": 0, "end": 30 }, "layer": 0 }
  ]
}`;

/** The fields of Create Advanced, without its options. */
export const createAdvancedFields: INodeProperties[] = [
	titleField,
	{
		displayName: 'Body',
		name: 'body',
		type: 'json',
		typeOptions: { rows: 8 },
		default: EXAMPLE,
		required: true,
		description: 'The request body of Videograph: video is the cut list, overlay contains logos and texts',
		hint: 'Title and Additional Fields override the same fields of the body',
	},
	waitUntilReadyField(VIDEO_WAIT),
	additionalFieldsField([...detailFields('video'), playbackPolicyField]),
];
