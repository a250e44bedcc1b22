import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../parameters/itemParameters';
import { detailFields, isSet } from '../detailFields';

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Saturday Derby',
	description: 'The title of the live stream',
};

const dvrDuration: INodeProperties = {
	displayName: 'DVR Duration',
	name: 'dvrDuration',
	type: 'string',
	default: '30m',
	placeholder: 'e.g. 30m',
	description: 'How far viewers can go back while it is live: 30m, 1h30m, or a number of seconds. Rounded up to whole minutes.',
};

const [description, metadata, tags] = detailFields('live stream', 'What the live stream shows');

/** What may be said of a new live stream and of one that exists, by the name that is shown. */
export const optionalFields: INodeProperties[] = [dvrDuration, description, metadata, tags];

/** Reads DVR Duration, where it is set. */
export function dvr(parameters: ItemParameters, collection: string): { dvrDurationInMins?: number } {
	const name = `${collection}.dvrDuration`;
	if (!isSet(parameters, name)) return {};
	return { dvrDurationInMins: Math.ceil(parameters.duration(name) / 60_000) };
}
