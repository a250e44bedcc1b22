import { listVideos } from '../../video/listVideos';
import { videoOutput } from '../../video/video';
import { readLimit, returnAllFields, simplifyField } from '../common.descriptions';
import type { Operation } from '../operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many videos',
	description: 'Get a list of videos, including clips',
	builderHint: 'Its order is not known: turn on returnAll and filter by createdAt to find the newest videos.',
	endpoints: ['listContents'],
	fields: [...returnAllFields, simplifyField],

	prepare(parameters) {
		const limit = readLimit(parameters);
		return async ({ client }) => {
			const videos = await listVideos(client, limit);
			return videos.map((video) => ({ json: videoOutput(video), raw: video.raw }));
		};
	},
};
