import { createOnce } from '../../idempotency/createOnce';
import { parseUrl } from '../../parameters/url';
import { shortHash } from '../../utils/hash';
import { stringOrNull } from '../../utils/values';
import { subtitleOutput } from '../../video/video';
import { videoIdField } from '../common.descriptions';
import type { Operation } from '../operation';
import { changeOptionsField, subtitleFields, VIDEO_NOT_FOUND } from './fields';

export const addSubtitle: Operation = {
	value: 'addSubtitle',
	name: 'Add Subtitle',
	action: 'Add subtitle to video',
	description: 'Add a subtitle to a video, or replace the one of the same language',
	endpoints: ['createSubtitle'],
	createdIdKeys: ['subtitleId'],
	fields: [videoIdField, ...subtitleFields, changeOptionsField],
	advice: { 400: 'Check URL and Language Code: the file must be public, and an SRT or VTT file.', 404: VIDEO_NOT_FOUND },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = {
			url: parameters.parse('url', parseUrl),
			name: parameters.text('name'),
			language_code: parameters.text('languageCode'),
			support_closed_captions: parameters.boolean('closedCaptions', false),
		};
		const simplify = parameters.boolean('options.simplify', true);
		const key = shortHash([...parameters.identity(), 'subtitle', contentId, request]);

		return async (run) => {
			const send = async () => await run.client.createSubtitle(contentId, request);
			const answer = await createOnce(run.store, key, { name: 'the subtitle', request, send: send });
			const output = subtitleOutput(contentId, { ...request, uuid: stringOrNull(answer.uuid) });
			return [simplify ? output : { ...output, raw: answer }];
		};
	},
};
