import type { CreateContentAdvanced } from '../../api/types';
import { parseJsonObject } from '../../parameters/jsonObject';
import { readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { readPolicy } from '../playbackPolicyFields';
import { createAndWait, createVideoOptions } from './createAndWait';
import { createAdvancedFields } from './createFields';

export const createAdvanced: Operation = {
	value: 'createAdvanced',
	name: 'Create Advanced',
	action: 'Create video with overlays and cuts',
	description: 'Create a video with a cut list, overlays and text, from a JSON object',
	endpoints: ['createContentAdvanced', 'getContent', 'listContents'],
	createdIdKey: 'contentId',
	fields: [...createAdvancedFields, createVideoOptions],
	advice: { 400: 'Check Body against the Videograph documentation of videos with overlays and cuts.' },

	prepare(parameters) {
		const body = parameters.parse('body', parseJsonObject);
		const title = parameters.text('title');
		// The body is only documented by an example, so the API validates it.
		const request = {
			...body,
			title,
			...readDetails(parameters),
			...readPolicy(parameters, 'playbackPolicy', 'playback_policy'),
		} as CreateContentAdvanced;
		return createAndWait(parameters, request, (client) => client.createContentAdvanced(request));
	},
};
