import type { INodeProperties } from 'n8n-workflow';
import { clipFromList, clipOutput } from '../../clip/clip';
import { isoOrNull } from '../../utils/values';
import {
	notFoundAdvice,
	readLimit,
	recordedStreamIdField,
	returnAllFields,
	simplifyField,
	videoIdField,
} from '../common.descriptions';
import type { Operation } from '../operation';

const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	default: 'livestream',
	description: 'What the clips were created from',
	options: [
		{ name: 'Live Stream', value: 'livestream', description: 'Clips of the recording of a live stream' },
		{ name: 'Video', value: 'video', description: 'Clips of a video on demand' },
	],
};

const forSource = (source: string) => ({ displayOptions: { show: { source: [source] } } });

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many clips',
	description: 'Get a list of the clips of a live stream or a video',
	endpoints: ['listClips', 'listVideoClips', 'getLivestream', 'getContent'],
	fields: [
		sourceField,
		{ ...recordedStreamIdField, ...forSource('livestream') },
		{ ...videoIdField, ...forSource('video') },
		...returnAllFields,
		simplifyField,
	],
	advice: {
		404: notFoundAdvice('Live Stream or Video'),
	},

	prepare(parameters) {
		const fromVideo = parameters.choice('source', ['livestream', 'video']) === 'video';
		const id = parameters.id(fromVideo ? 'contentId' : 'streamId');
		const limit = readLimit(parameters);

		return async ({ client }) => {
			const clips = fromVideo ? await client.listVideoClips(id) : await client.listClips(id);
			if (clips) {
				return clips.slice(0, limit).map((clip) => ({
					json: { ...clipOutput(clipFromList(clip, fromVideo ? null : id)), createdAt: isoOrNull(clip.createdMs) },
					raw: clip.raw,
				}));
			}
			// A 404 means that either the list or its source does not exist. If it is the source, this request fails.
			await (fromVideo ? client.getContent(id) : client.getLivestream(id));
			throw parameters.error(
				`Videograph no longer lists the clips of a ${fromVideo ? 'video' : 'live stream'}`,
				'This undocumented endpoint is gone. Store the IDs that Create returns, and use Get.',
			);
		};
	},
};
