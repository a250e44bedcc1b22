import type { INodeProperties } from 'n8n-workflow';
import type { ClipRequest } from '../../api/types';
import type { ItemParameters } from '../../parameters/itemParameters';
import { recordedStreamIdField } from '../common.descriptions';
import { detailFields,readDetails } from '../detailFields';

export const streamField: INodeProperties = {
	...recordedStreamIdField,
	description: 'The live stream to cut from',
	hint: 'Only live streams that are recorded are in the list',
};

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Goal by Ada Lovelace',
	description: 'The title of the clip',
};

export const additionalField: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: detailFields('clip', 'What the clip shows'),
};

/** Reads `titleField` and `additionalField`. What is not set is not sent. */
export function clipRequest(parameters: ItemParameters): Omit<ClipRequest, 'startTime' | 'endTime'> {
	return { title: parameters.text('title'), ...readDetails(parameters) };
}
