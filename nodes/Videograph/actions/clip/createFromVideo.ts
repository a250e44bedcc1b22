import type { IDataObject } from 'n8n-workflow';
import type { CreatedClip } from '../../api/decode';
import type { VideoClipRequest } from '../../api/types';
import { embedUrl } from '../../api/urls';
import { createOnce } from '../../idempotency/createOnce';
import type { ItemParameters } from '../../parameters/itemParameters';
import { notFoundAdvice, optionsField, readOffset, simplifyField, videoIdField } from '../common.descriptions';
import { type Operation, withResponse } from '../operation';
import { additionalField, offsetFields, readClipRequest, titleField } from './fields';

export const createFromVideo: Operation = {
	value: 'createFromVideo',
	name: 'Create From Video',
	action: 'Create clip from video',
	description: 'Create a clip from a video on demand',
	builderHint:
		'For a video that is not live, by offsets from its start. It does not wait: use Video > Wait Until Ready with ' +
		'its contentId before a node that uses its URLs.',
	endpoints: ['createVideoClip'],
	createdIdKey: 'clipId',
	fields: [videoIdField, titleField, ...offsetFields('video'), additionalField, optionsField([simplifyField])],
	advice: {
		400: 'Check Video and the offsets: the clip must lie within the video.',
		404: notFoundAdvice('Video'),
	},

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = { ...readClipRequest(parameters), ...readOffsets(parameters) };
		const key = parameters.idempotencyKey(contentId, request);

		return async (context) => {
			const send = async () => await context.client.createVideoClip(contentId, request);
			const created = await createOnce(context.store, key, { name: 'the clip', request, send });
			return [withResponse(toOutput(contentId, request, created), created.raw)];
		};
	},
};

function toOutput(sourceContentId: string, request: VideoClipRequest, created: CreatedClip): IDataObject {
	const { title, startTimeInSecs, endTimeInSecs } = request;
	const { clipId, contentId } = created;
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

/** Whole seconds from the start of the video: the start is rounded down, the end up. */
function readOffsets(parameters: ItemParameters): Pick<VideoClipRequest, 'startTimeInSecs' | 'endTimeInSecs'> {
	const startMs = readOffset(parameters, 'startOffset');
	const endMs = readOffset(parameters, 'endOffset');
	if (endMs <= startMs) {
		parameters.refuse(
			'endOffset',
			'the clip would end at or before its start',
			'The end must be after the start. Both are relative to the start of the video.',
		);
	}
	return { startTimeInSecs: Math.floor(startMs / 1000), endTimeInSecs: Math.ceil(endMs / 1000) };
}
