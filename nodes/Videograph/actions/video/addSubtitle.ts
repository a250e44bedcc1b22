import { createOnce } from '../../idempotency/createOnce';
import { parseUrl } from '../../parameters/url';
import { subtitleOutput } from '../../video/video';
import { notFoundAdvice, videoIdField } from '../common.descriptions';
import { type Operation, withResponse } from '../operation';
import { changeOptionsField, subtitleFields } from './fields';

export const addSubtitle: Operation = {
	value: 'addSubtitle',
	name: 'Add Subtitle',
	action: 'Add subtitle to video',
	description: 'Add a subtitle to a video, or replace the one with the same language',
	endpoints: ['createSubtitle'],
	createdIdKey: 'subtitleId',
	fields: [videoIdField, ...subtitleFields, changeOptionsField],
	advice: {
		400: 'Check URL and Language Code: the URL must lead to a public SRT or VTT file.',
		404: notFoundAdvice('Video'),
	},

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = {
			url: parameters.parse('url', parseUrl),
			name: parameters.text('name'),
			language_code: parameters.text('languageCode'),
			support_closed_captions: parameters.boolean('closedCaptions', false),
		};
		const key = parameters.idempotencyKey('subtitle', contentId, request);

		return async (context) => {
			const send = async () => await context.client.createSubtitle(contentId, request);
			const subtitle = await createOnce(context.store, key, { name: 'the subtitle', request, send });
			return [withResponse(subtitleOutput(contentId, subtitle), subtitle.raw)];
		};
	},
};
