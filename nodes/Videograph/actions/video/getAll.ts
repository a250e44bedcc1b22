import { listVideos } from '../../video/list';
import { videoOutput } from '../../video/output';
import { returnAllFields, simplifyField } from '../fields';
import type { Operation } from '../operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many videos',
	description: 'Get a list of videos; clips are among them',
	endpoints: ['listContents'],
	fields: [...returnAllFields, simplifyField],

	prepare(parameters) {
		const limit = parameters.flag('returnAll', false) ? Infinity : parameters.count('limit');
		const simplify = parameters.flag('simplify', true);
		return async ({ client }) => {
			const contents = await listVideos(client, limit);
			return contents.map((content) => (simplify ? videoOutput(content) : content));
		};
	},
};
