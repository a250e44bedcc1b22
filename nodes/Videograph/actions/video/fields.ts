import type { INodeProperties } from 'n8n-workflow';
import { optionsField, simplifyField, titleField as titleOf } from '../common.descriptions';
import { policyField } from '../playbackPolicyFields';
import type { WaitTarget } from '../waitOptions';

/** Fields that several operations of the resource share. */

export const VIDEO_WAIT: WaitTarget = {
	noun: 'video',
	state: 'Ready',
	until: 'the video can be played, and return its URLs',
	timeout: '10m',
	failed: {
		message: (label) => `Videograph could not create the video ${label}`,
		advice: 'Check the video in the Videograph dashboard and its source file, then create it again.',
	},
	pending: 'It is still processing.',
};

export const titleField = titleOf('video', 'Cup final');

export const playbackPolicyField = policyField('Playback Policy', 'playbackPolicy', 'Who can play the video');

export const saveOriginalCopyField: INodeProperties = {
	displayName: 'Save Original Copy',
	name: 'saveOriginalCopy',
	type: 'boolean',
	default: false,
	description: 'Whether Videograph retains the source file',
};

/** A subtitle: the fields of Add Subtitle, and of a row of Create From URL. */
export const subtitleFields: INodeProperties[] = [
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/subtitles.vtt',
		description: 'The public URL of an SRT or VTT file',
		builderHint: { propertyHint: 'Such as https://example.com/subtitles.vtt, without credentials.' },
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. English',
		description: 'The name of the subtitle in players',
		builderHint: { propertyHint: 'Such as English.' },
	},
	{
		displayName: 'Language Code',
		name: 'languageCode',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. en_US',
		description: 'The language of the subtitle. A video has one subtitle per language.',
		builderHint: { propertyHint: 'Such as en_US.' },
	},
	{
		displayName: 'Closed Captions',
		name: 'closedCaptions',
		type: 'boolean',
		default: false,
		description: 'Whether the subtitles include sound descriptions (closed captions)',
	},
];

/** The options of operations that change a video. */
export const changeOptionsField = optionsField([simplifyField]);
