import type { INodeProperties } from 'n8n-workflow';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField } from '../common.descriptions';
import { policyField } from '../playbackPolicyFields';

/** Fields that several operations on videos share. */

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Cup final',
	description: 'The title of the video',
};

export const playbackPolicyField: INodeProperties = {
	...policyField('Playback Policy', 'playbackPolicy', 'Who may play the video'),
	default: ['public'],
};

export const saveOriginalCopyField: INodeProperties = {
	displayName: 'Save Original Copy',
	name: 'saveOriginalCopy',
	type: 'boolean',
	default: true,
	description: 'Whether Videograph keeps the file that the video was made of',
};

/** A subtitle: fields of Add Subtitle, and of a row of Create. */
export const subtitleFields: INodeProperties[] = [
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/subtitles.vtt',
		description: 'The public address of an SRT or VTT file',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. English',
		description: 'What viewers choose the subtitle by',
	},
	{
		displayName: 'Language Code',
		name: 'languageCode',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. en_US',
		description: 'The language of the subtitle. A video has one subtitle of each.',
	},
	{
		displayName: 'Closed Captions',
		name: 'closedCaptions',
		type: 'boolean',
		default: false,
		description: 'Whether the subtitle also tells sounds, for those who do not hear them',
	},
];

/** The options of operations that change something of a video. */
export const changeOptionsField = optionsField([concurrencyField, maxRateLimitWaitField, simplifyField]);

/** What to do about a video that is not there. */
export const VIDEO_NOT_FOUND =
	'Check Video: it may be deleted, or belong to another environment than the access token of the Videograph API credential.';
