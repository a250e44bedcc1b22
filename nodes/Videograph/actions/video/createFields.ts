import type { INodeProperties } from 'n8n-workflow';
import { detailFields } from '../detailFields';
import { playbackPolicyField, saveOriginalCopyField, subtitleFields, titleField } from './fields';

const url: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://example.com/final.mp4',
	description: 'The public address of the video file. Videograph fetches it from there.',
};

const mp4Support: INodeProperties = {
	displayName: 'Enable MP4',
	name: 'mp4Support',
	type: 'boolean',
	default: true,
	description: 'Whether Videograph also makes an MP4 file of the video',
};

const subtitles: INodeProperties = {
	displayName: 'Subtitles',
	name: 'subtitles',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Subtitle',
	description: 'Subtitles of the video, one of each language',
	options: [{ displayName: 'Subtitle', name: 'values', values: subtitleFields }],
};

const testVideo: INodeProperties = {
	displayName: 'Test Video',
	name: 'testVideo',
	type: 'boolean',
	default: false,
	description: 'Whether the video is only a trial: Videograph transcodes its first 10 seconds and nothing more',
};

const PLACE = 'as Videograph takes it, such as 10px or 10%';

/** A field of a watermark that is a length, or another text that the API takes as it is. */
const text = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});

const watermarks: INodeProperties = {
	displayName: 'Watermarks',
	name: 'watermarks',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Watermark',
	description: 'Pictures that are shown over the video',
	options: [
		{
			displayName: 'Watermark',
			name: 'values',
			values: [
				text('Height', 'height', `How high it is, ${PLACE}`),
				text('Opacity', 'opacity', 'How much of the video it hides, as Videograph takes it'),
				{
					...text('URL', 'url', 'The public address of the picture'),
					required: true,
					placeholder: 'e.g. https://example.com/logo.png',
				},
				text('Width', 'width', `How wide it is, ${PLACE}`),
				text('X Align', 'xAlign', 'What it is placed by from left to right, as Videograph takes it'),
				text('X Margin', 'xMargin', `How far it stays from the side, ${PLACE}`),
				text('X Position', 'xPosition', `Where it is from left to right, ${PLACE}`),
				text('Y Align', 'yAlign', 'What it is placed by from top to bottom, as Videograph takes it'),
				text('Y Margin', 'yMargin', `How far it stays from top or bottom, ${PLACE}`),
				text('Y Position', 'yPosition', `Where it is from top to bottom, ${PLACE}`),
			],
		},
	],
};

const about = detailFields('video', 'What the video shows');

/** What Create From URL reads, its options apart. */
export const createFields: INodeProperties[] = [url, titleField, additionalFields([
	...about,
	mp4Support,
	playbackPolicyField,
	saveOriginalCopyField,
	subtitles,
	testVideo,
	watermarks,
])];

/** The least that Create Advanced sends: one piece of one file; times in seconds. */
const EXAMPLE = `{
  "video": [
    { "src": "https://example.com/final.mp4", "settings": { "start": 0, "end": 30 }, "layer": 0 }
  ]
}`;

/** What Create Advanced reads, its options apart. */
export const createAdvancedFields: INodeProperties[] = [
	titleField,
	{
		displayName: 'Body',
		name: 'body',
		type: 'json',
		typeOptions: { rows: 8 },
		default: EXAMPLE,
		required: true,
		description:
			'The request as a JSON object, in the names of Videograph: video is the cut list, and overlay holds the logos and texts that are shown over it. Title and Additional Fields are put into it, and count more than what it holds.',
	},
	additionalFields([...about, playbackPolicyField]),
];

function additionalFields(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
