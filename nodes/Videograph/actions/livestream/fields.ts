import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../parameters/itemParameters';
import { titleField as titleOf } from '../common.descriptions';
import { detailFields, isSet } from '../detailFields';

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

interface DvrDuration {
	dvrDurationInMins?: number;
}

/** Reads DVR Duration of a new live stream. An empty one is not sent. */
export function readDvrDuration(parameters: ItemParameters): DvrDuration {
	const milliseconds = parameters.optionalDuration('additionalFields.dvrDuration');
	return milliseconds === undefined ? {} : { dvrDurationInMins: toMinutes(milliseconds) };
}

/** Reads DVR Duration of an existing live stream: it cannot be cleared, so an empty one is refused. */
export function readChangedDvrDuration(parameters: ItemParameters): DvrDuration {
	const name = 'updateFields.dvrDuration';
	return isSet(parameters, name) ? { dvrDurationInMins: toMinutes(parameters.duration(name)) } : {};
}

function toMinutes(milliseconds: number): number {
	return Math.ceil(milliseconds / 60_000);
}
