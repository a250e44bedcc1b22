import type { INodeProperties } from 'n8n-workflow';
import { shortHash } from '../../clip/reference';
import { createOnce } from '../createOnce';
import { videoIdField } from '../fields';
import type { Operation } from '../operation';
import type { ItemParameters } from '../parameters';
import { changeOptionsField, VIDEO_GONE } from './fields';

/** Seconds from which on a position is surely a moment in Unix time: more than 11 days. */
const UNIX_TIME = 1e6;

const position: INodeProperties = {
	displayName: 'Position',
	name: 'position',
	type: 'string',
	default: '0s',
	required: true,
	placeholder: 'e.g. 1m30s, 00:01:30',
	description:
		'How long after the start of the video the picture is taken: 30s, 2m, 1h5m, 01:30 (minutes and seconds), or a number of seconds',
};

const pixels = (displayName: string, name: string, usual: number): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 1 },
	default: usual,
	required: true,
	description: `The ${name} of the picture, in pixels`,
});

export const setThumbnail: Operation = {
	value: 'setThumbnail',
	name: 'Set Thumbnail',
	action: 'Set thumbnail of video',
	description: 'Take a picture out of a video, and show it where the video is not played yet',
	endpoints: ['createThumbnail'],
	fields: [videoIdField, position, pixels('Width', 'width', 1280), pixels('Height', 'height', 720), changeOptionsField],
	advice: { 400: 'Check Position: it must lie within the video.', 404: VIDEO_GONE },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = {
			videoPositionInSec: positionOf(parameters),
			width: parameters.count('width'),
			height: parameters.count('height'),
		};
		const simplify = parameters.flag('options.simplify', true);
		const key = shortHash([...parameters.identity(), 'thumbnail', contentId, request]);

		return async (run) => {
			const send = async () => await run.client.createThumbnail(contentId, request);
			const answer = await createOnce(run, key, send, 'the thumbnail');
			const { videoPositionInSec, width, height } = request;
			const output = { contentId, position: videoPositionInSec, width, height };
			return [simplify ? output : { ...output, raw: answer }];
		};
	},
};

/** Whole seconds from the start of the video. */
function positionOf(parameters: ItemParameters): number {
	const seconds = Math.floor(parameters.duration('position') / 1000);
	if (seconds <= UNIX_TIME) return seconds;
	return parameters.refuse(
		'position',
		`${seconds} seconds looks like Unix time`,
		'Give how long after the start of the video it is: 30s, 2m, 1h5m, 01:30, or a number of seconds.',
	);
}
