import { listVideos } from '../../video/listVideos';
import { videoOutput } from '../../video/video';
import { readLimit, returnAllFields, simplifyField } from '../common.descriptions';
import type { Operation } from '../operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many videos',
	description: 'Get a list of videos, including clips',
	endpoints: ['listContents'],
	fields: [...returnAllFields, simplifyField],

	prepare(parameters) {
		const limit = readLimit(parameters);
		return async ({ client }) => {
			const contents = await listVideos(client, limit);
			return contents.map((content) => ({ json: videoOutput(content), raw: content }));
		};
	},
};
