import type { Resource } from '../operation';
import { get } from './get';
import { getAll } from './getAll';

export const livestream: Resource = { value: 'livestream', name: 'Live Stream', operations: [get, getAll] };
