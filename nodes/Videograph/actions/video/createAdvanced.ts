import type { CreateContentAdvanced } from '../../api/types';
import { parseJsonObject } from '../../parameters/jsonObject';
import { readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { policy } from '../playbackPolicyFields';
import { createAndWait,createVideoOptions } from './createAndWait';
import { createAdvancedFields } from './createFields';

export const createAdvanced: Operation = {
	value: 'createAdvanced',
	name: 'Create Advanced',
	action: 'Create video with overlays and cuts',
	description: 'Make a video with overlays, text and a cut list, described by a JSON object',
	endpoints: ['createContentAdvanced', 'getContent', 'listContents'],
	createdIdKeys: ['contentId'],
	fields: [...createAdvancedFields, createVideoOptions],
	advice: { 400: 'Check Body: it must be as Videograph documents it for videos with overlays and cuts.' },

	prepare(parameters) {
		const body = parameters.parse('body', parseJsonObject);
		const title = parameters.text('title');
		const known = { title, ...readDetails(parameters), ...policy(parameters, 'playbackPolicy', 'playback_policy') };
		// What else it must hold is known by an example alone, so the API decides.
		const request = { ...body, ...known } as CreateContentAdvanced;
		return createAndWait(parameters, request, (client) => client.createContentAdvanced(request));
	},
};
