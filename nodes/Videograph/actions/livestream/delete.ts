import { shortHash } from '../../shared/hash';
import { doOnce } from '../doOnce';
import { concurrencyField, longestPauseField, optionsField, streamIdField } from '../fields';
import type { Operation } from '../operation';
import { CHECK_STREAM } from './advice';

export const deleteLivestream: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete live stream',
	description: 'Delete a live stream for good',
	endpoints: ['deleteLivestream'],
	fields: [
		streamIdField,
		optionsField([concurrencyField, longestPauseField]),
	],
	advice: { 404: CHECK_STREAM },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const key = shortHash([...parameters.identity(), 'deleteLivestream', streamId]);
		return async (run) => {
			await doOnce(run, key, async () => await run.client.deleteLivestream(streamId));
			return [{ deleted: true, streamId }];
		};
	},
};
