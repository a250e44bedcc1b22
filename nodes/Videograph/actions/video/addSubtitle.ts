import { shortHash } from '../../shared/hash';
import { textOrNull } from '../../shared/values';
import { subtitleOutput } from '../../video/subtitle';
import { parseWebUrl } from '../../video/webUrl';
import { createOnce } from '../createOnce';
import { videoIdField } from '../fields';
import type { Operation } from '../operation';
import { changeOptionsField, subtitleFields, VIDEO_GONE } from './fields';

export const addSubtitle: Operation = {
	value: 'addSubtitle',
	name: 'Add Subtitle',
	action: 'Add subtitle to video',
	description: 'Add a subtitle to a video, or replace the one of the same language',
	endpoints: ['createSubtitle'],
	makes: ['subtitleId'],
	fields: [videoIdField, ...subtitleFields, changeOptionsField],
	advice: { 400: 'Check URL and Language Code: the file must be public, and an SRT or VTT file.', 404: VIDEO_GONE },

	prepare(parameters) {
		const contentId = parameters.id('contentId');
		const request = {
			url: parameters.parsed('url', parseWebUrl),
			name: parameters.text('name'),
			language_code: parameters.text('languageCode'),
			support_closed_captions: parameters.flag('closedCaptions', false),
		};
		const simplify = parameters.flag('options.simplify', true);
		const key = shortHash([...parameters.identity(), 'subtitle', contentId, request]);

		return async (run) => {
			const send = async () => await run.client.createSubtitle(contentId, request);
			const answer = await createOnce(run, key, send, 'the subtitle');
			const output = subtitleOutput(contentId, { ...request, uuid: textOrNull(answer.uuid) });
			return [simplify ? output : { ...output, raw: answer }];
		};
	},
};
