import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { CreateClipResponse, VideoClipRequest } from '../../api/types';
import { embedUrl } from '../../api/urls';
import { readClipIds } from '../../clip/clip';
import { createOnce } from '../../idempotency/createOnce';
import type { ItemParameters } from '../../parameters/itemParameters';
import { shortHash } from '../../utils/hash';
import { concurrencyField, maxRateLimitWaitField, optionsField, simplifyField, videoIdField } from '../common.descriptions';
import { OFFSET_FORMS, readOffset } from '../offset';
import type { Operation } from '../operation';
import { additionalField, clipRequest, titleField } from './fields';

const startOffset: INodeProperties = {
	displayName: 'Start Offset',
	name: 'startOffset',
	type: 'string',
	default: '0s',
	required: true,
	placeholder: 'e.g. 12m30s, 00:12:30',
	description: `How long after the start of the video the clip begins: ${OFFSET_FORMS}`,
};

const endOffset: INodeProperties = {
	displayName: 'End Offset',
	name: 'endOffset',
	type: 'string',
	default: '30s',
	required: true,
	placeholder: 'e.g. 13m, 00:13:00',
	description: `How long after the start of the video the clip ends: ${OFFSET_FORMS}`,
};

export const createFromVideo: Operation = {
	value: 'createFromVideo',
	name: 'Create From Video',
	action: 'Create clip from video',
	description: 'Cut a clip out of a video on demand',
	endpoints: ['createVideoClip'],
	createdIdKeys: ['clipId'],
	fields: [
		videoIdField,
		titleField,
		startOffset,
		endOffset,
		additionalField,
		optionsField([concurrencyField, maxRateLimitWaitField, simplifyField]),
	],
	advice: {
		400: 'Check Video and the offsets: the clip must lie within the video.',
		404: 'Check Video: the video may be deleted, or belong to another environment than the access token of the Videograph API credential.',
	},

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = { ...clipRequest(parameters), ...offsets(parameters) };
		const simplify = parameters.boolean('options.simplify', true);
		const key = shortHash([...parameters.identity(), contentId, request]);

		return async (run) => {
			const send = async () => await run.client.createVideoClip(contentId, request);
			const answer = await createOnce(run.store, key, { name: 'the clip', request, send: send });
			const output = outputOf(contentId, request, answer);
			return [simplify ? output : { ...output, raw: answer }];
		};
	},
};

function outputOf(sourceContentId: string, request: VideoClipRequest, answer: CreateClipResponse): IDataObject {
	const { title, startTimeInSecs, endTimeInSecs } = request;
	const { clipId, contentId } = readClipIds(answer);
	return {
		clipId,
		contentId,
		sourceContentId,
		title,
		status: 'processing',
		startOffset: startTimeInSecs,
		endOffset: endTimeInSecs,
		duration: endTimeInSecs - startTimeInSecs,
		playbackUrl: null,
		embedUrl: contentId === null ? null : embedUrl('videoId', contentId),
		thumbnailUrl: null,
		created: true,
	};
}

/** Whole seconds from the start of the video that hold what was asked for. */
function offsets(parameters: ItemParameters): Pick<VideoClipRequest, 'startTimeInSecs' | 'endTimeInSecs'> {
	const startMs = readOffset(parameters, 'startOffset');
	const endMs = readOffset(parameters, 'endOffset');
	if (endMs <= startMs) {
		parameters.refuse(
			'endOffset',
			'the clip would end at or before its start',
			'The end of a clip must lie after its start. Both are counted from the start of the video.',
		);
	}
	return { startTimeInSecs: Math.floor(startMs / 1000), endTimeInSecs: Math.ceil(endMs / 1000) };
}
