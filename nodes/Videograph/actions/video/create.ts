import type { CreateContent } from '../../api/types';
import { parseSubtitles, parseWatermarks } from '../../parameters/fixedCollections';
import type { ItemParameters } from '../../parameters/itemParameters';
import { parseUrl } from '../../parameters/url';
import { readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { policy } from '../playbackPolicyFields';
import { createAndWait,createVideoOptions } from './createAndWait';
import { createFields } from './createFields';

export const create: Operation = {
	value: 'create',
	name: 'Create From URL',
	action: 'Create video from URL',
	description: 'Make a video of a file that Videograph fetches from a public address',
	endpoints: ['createContent', 'getContent', 'listContents'],
	createdIdKeys: ['contentId'],
	fields: [...createFields, createVideoOptions],
	advice: {
		400: 'Check URL and Additional Fields: the files must be public, and of a kind that Videograph reads.',
	},

	prepare(parameters) {
		const request = createRequest(parameters);
		return createAndWait(parameters, request, (client) => client.createContent(request));
	},
};

/** What is not set is not sent. */
function createRequest(parameters: ItemParameters): CreateContent {
	const url = parameters.parse('url', parseUrl);
	const subtitle = parameters.parse('additionalFields.subtitles', parseSubtitles);
	const watermark = parameters.parse('additionalFields.watermarks', parseWatermarks);
	return {
		title: parameters.text('title'),
		content: [{ url }],
		...readDetails(parameters),
		...policy(parameters, 'playbackPolicy', 'playback_policy'),
		...(subtitle.length > 0 && { subtitle }),
		...(watermark.length > 0 && { watermark }),
		...flag(parameters, 'mp4Support', 'mp4_support'),
		...flag(parameters, 'saveOriginalCopy', 'save_original_copy'),
		...flag(parameters, 'testVideo', 'test_video'),
	};
}

function flag<Key extends string>(parameters: ItemParameters, name: string, key: Key): Partial<Record<Key, boolean>> {
	const value = parameters.optionalBoolean(`additionalFields.${name}`);
	return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, boolean>>;
}
