import type { CreateContentAdvanced } from '../../api/types';
import { parseBody } from '../../video/body';
import { about } from '../aboutFields';
import type { Operation } from '../operation';
import { policy } from '../policyFields';
import { createAdvancedFields } from './createFields';
import { videoOptionsField, videoOrder } from './order';

export const createAdvanced: Operation = {
	value: 'createAdvanced',
	name: 'Create Advanced',
	action: 'Create video with overlays and cuts',
	description: 'Make a video with overlays, text and a cut list, described by a JSON object',
	endpoints: ['createContentAdvanced', 'getContent', 'listContents'],
	makes: ['contentId'],
	fields: [...createAdvancedFields, videoOptionsField],
	advice: { 400: 'Check Body: it must be as Videograph documents it for videos with overlays and cuts.' },

	prepare(parameters) {
		const body = parameters.parsed('body', parseBody);
		const title = parameters.text('title');
		const known = { title, ...about(parameters), ...policy(parameters, 'playbackPolicy', 'playback_policy') };
		// What else it must hold is known by an example alone, so the API decides.
		const request = { ...body, ...known } as CreateContentAdvanced;
		return videoOrder(parameters, request, (client) => client.createContentAdvanced(request));
	},
};
