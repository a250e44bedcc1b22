import type { Resource } from '../operation';
import { create } from './create';
import { createFromVideo } from './createFromVideo';
import { createMany } from './createMany';
import { download } from './download';
import { get } from './get';
import { getAll } from './getAll';

export const clip: Resource = {
	value: 'clip',
	name: 'Clip',
	operations: [create, createFromVideo, createMany, download, get, getAll],
};
