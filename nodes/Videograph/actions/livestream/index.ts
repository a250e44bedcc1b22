import type { Resource } from '../operation';
import { create } from './create';
import { deleteLivestream } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { start, stop } from './startStop';
import { update } from './update';

export const livestream: Resource = {
	value: 'livestream',
	name: 'Live Stream',
	defaultOperation: 'get',
	operations: [create, deleteLivestream, get, getAll, start, stop, update],
};
