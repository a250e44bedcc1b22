import { listVideos } from '../../video/listVideos';
import { videoOutput } from '../../video/video';
import { returnAllFields, simplifyField } from '../common.descriptions';
import type { Operation } from '../operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many videos',
	description: 'Get a list of videos, including clips',
	endpoints: ['listContents'],
	fields: [...returnAllFields, simplifyField],

	prepare(parameters) {
		const limit = parameters.boolean('returnAll', false) ? Infinity : parameters.positiveInteger('limit');
		const simplify = parameters.boolean('simplify', true);
		return async ({ client }) => {
			const contents = await listVideos(client, limit);
			return contents.map((content) => (simplify ? videoOutput(content) : content));
		};
	},
};
