import type { INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import type { CreateContentAdvanced } from '../../api/types';
import { InvalidValueError } from '../../parameters/invalidValueError';
import { formatValue, isObject } from '../../utils/values';
import { additionalFieldsField } from '../common.descriptions';
import { detailFields, readDetails } from '../detailFields';
import type { Operation } from '../operation';
import { readPolicy } from '../playbackPolicyFields';
import { waitUntilReadyField } from '../waitOptions';
import { createAndWait, createVideoOptions } from './createAndWait';
import { playbackPolicyField, titleField, VIDEO_WAIT } from './fields';

/** A minimal body: 30 seconds of one file. */
const EXAMPLE = `{
  "video": [
    { "src": "https://example.com/final.mp4", "settings": { "start": 0, "end": 30 }, "layer": 0 }
  ]
}`;

const bodyField: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'json',
	typeOptions: { rows: 8 },
	default: EXAMPLE,
	required: true,
	description: 'The request body of Videograph: video is the cut list, overlay contains logos and texts',
	hint: 'Title and Additional Fields override the same fields of the body',
	builderHint: {
		propertyHint:
			'JSON, such as ' +
			'{"video":[{"src":"https://example.com/final.mp4","settings":{"start":0,"end":30},"layer":0}]}. ' +
			'start and end are seconds of the file.',
	},
};

export const createAdvanced: Operation = {
	value: 'createAdvanced',
	name: 'Create Advanced',
	action: 'Create video with overlays and cuts',
	description: 'Create a video with a cut list, overlays and text, from a JSON object',
	endpoints: ['createContentAdvanced', 'getContent', 'listContents'],
	createdIdKey: 'contentId',
	fields: [
		titleField,
		bodyField,
		waitUntilReadyField(VIDEO_WAIT),
		additionalFieldsField([...detailFields('video'), playbackPolicyField]),
		createVideoOptions,
	],
	advice: { 400: 'Check Body against the Videograph documentation of videos with overlays and cuts.' },

	prepare(parameters) {
		const body = parameters.parse('body', parseJsonObject);
		const title = parameters.text('title');
		const policy = readPolicy(parameters, 'playbackPolicy');
		// The body is only documented by an example, so the API validates it.
		const request = {
			...body,
			title,
			...readDetails(parameters),
			...(policy && { playback_policy: policy }),
		} as CreateContentAdvanced;
		return createAndWait(parameters, request, (client) => client.createContentAdvanced(request));
	},
};

/**
 * Parses a request body: JSON text of an object, or an object that an expression returned.
 *
 * @throws {InvalidValueError} for any other value, and for an object without keys
 */
function parseJsonObject(value: unknown): Record<string, unknown> {
	const body = typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: null }) : value;
	if (isObject(body) && Object.keys(body).length > 0) return body;
	const problem = isObject(body) ? 'must not be empty' : `${formatValue(value)} is not a JSON object`;
	throw new InvalidValueError(
		problem,
		'Enter an object with the fields of the Videograph API, such as { "video": [{ "src": "https://…" }] }.',
	);
}
