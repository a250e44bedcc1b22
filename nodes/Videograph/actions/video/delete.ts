import { doOnce } from '../../idempotency/createOnce';
import { notFoundAdvice, optionsField, videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';

export const remove: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete video',
	description: 'Delete a video, or a clip by its contentId, permanently',
	builderHint: 'Cannot be undone. Ask a person for approval first.',
	endpoints: ['deleteContent'],
	fields: [videoIdField, optionsField()],
	advice: { 404: notFoundAdvice('Video') },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const key = parameters.idempotencyKey('deleteContent', contentId);
		return async (context) => {
			await doOnce(context.store, key, async () => await context.client.deleteContent(contentId));
			return [{ json: { deleted: true, contentId } }];
		};
	},
};
