import type { IDataObject } from 'n8n-workflow';
import type { Subtitle } from '../api/types';
import { stringOrNull } from '../utils/values';

/** A subtitle as an output item, every key always there: what the API does not tell of it is null. */
export function subtitleOutput(
	contentId: string,
	subtitle: Omit<Subtitle, 'uuid'> & { uuid: string | null },
): IDataObject {
	return {
		contentId,
		subtitleId: subtitle.uuid,
		name: stringOrNull(subtitle.name),
		languageCode: stringOrNull(subtitle.language_code),
		closedCaptions: subtitle.support_closed_captions ?? null,
		url: stringOrNull(subtitle.url),
	};
}
