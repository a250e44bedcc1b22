import type { CreateContent } from '../../api/types';
import { parseSubtitles, parseWatermarks } from '../../parameters/fixedCollections';
import type { ItemParameters } from '../../parameters/itemParameters';
import { parseUrl } from '../../parameters/url';
import { readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { readPolicy } from '../playbackPolicyFields';
import { createAndWait, createVideoOptions } from './createAndWait';
import { createFields } from './createFields';

export const create: Operation = {
	value: 'create',
	name: 'Create From URL',
	action: 'Create video from URL',
	description: 'Create a video from a file at a public URL',
	endpoints: ['createContent', 'getContent', 'listContents'],
	createdIdKey: 'contentId',
	fields: [...createFields, createVideoOptions],
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
		...readPolicy(parameters, 'playbackPolicy', 'playback_policy'),
		...(subtitle.length > 0 && { subtitle }),
		...(watermark.length > 0 && { watermark }),
		...readBoolean(parameters, 'mp4Support', 'mp4_support'),
		...readBoolean(parameters, 'saveOriginalCopy', 'save_original_copy'),
		...readBoolean(parameters, 'testVideo', 'test_video'),
	};
}

function readBoolean<Key extends string>(
	parameters: ItemParameters,
	name: string,
	key: Key,
): Partial<Record<Key, boolean>> {
	const value = parameters.optionalBoolean(`additionalFields.${name}`);
	return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, boolean>>;
}
