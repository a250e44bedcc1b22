import { doOnce } from '../../idempotency/createOnce';
import { shortHash } from '../../utils/hash';
import { concurrencyField, maxRateLimitWaitField, optionsField, streamIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { STREAM_NOT_FOUND } from './advice';

export const deleteLivestream: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete live stream',
	description: 'Delete a live stream for good',
	endpoints: ['deleteLivestream'],
	fields: [
		streamIdField,
		optionsField([concurrencyField, maxRateLimitWaitField]),
	],
	advice: { 404: STREAM_NOT_FOUND },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const key = shortHash([...parameters.identity(), 'deleteLivestream', streamId]);
		return async (run) => {
			await doOnce(run.store, key, async () => await run.client.deleteLivestream(streamId));
			return [{ deleted: true, streamId }];
		};
	},
};
