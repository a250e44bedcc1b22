import { doOnce } from '../../idempotency/createOnce';
import { notFoundAdvice, optionsField, streamIdField } from '../common.descriptions';
import type { Operation } from '../operation';

export const deleteLivestream: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete live stream',
	description: 'Delete a live stream permanently',
	builderHint: 'Cannot be undone. Ask a person for approval first.',
	endpoints: ['deleteLivestream'],
	fields: [streamIdField, optionsField()],
	advice: { 404: notFoundAdvice('Live Stream') },

	prepare(parameters) {
		const streamId = parameters.id('streamId');
		const key = parameters.idempotencyKey('deleteLivestream', streamId);
		return async (context) => {
			await doOnce(context.store, key, async () => await context.client.deleteLivestream(streamId));
			return [{ json: { deleted: true, streamId } }];
		};
	},
};
