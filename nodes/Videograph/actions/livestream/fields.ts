import type { INodeProperties } from 'n8n-workflow';
import { titleField as titleOf } from '../common.descriptions';
import { detailFields } from '../detailFields';

export const titleField = titleOf('live stream', 'Saturday Derby');

const dvrDuration: INodeProperties = {
	displayName: 'DVR Duration',
	name: 'dvrDuration',
	type: 'string',
	default: '',
	placeholder: 'e.g. 30m',
	description: 'How far viewers can rewind during the broadcast. Rounded up to whole minutes.',
};

/** The optional fields of a new and of an existing live stream. */
export const optionalFields: INodeProperties[] = [dvrDuration, ...detailFields('live stream')];

/** A DVR duration as the API expects it. */
export function toMinutes(milliseconds: number): number {
	return Math.ceil(milliseconds / 60_000);
}
