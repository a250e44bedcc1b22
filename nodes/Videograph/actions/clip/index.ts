import type { Resource } from '../operation';
import { create } from './create';

export const clip: Resource = { value: 'clip', name: 'Clip', operations: [create] };
