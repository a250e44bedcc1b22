import type { Resource } from '../operation';
import { create } from './create';

export const signingKey: Resource = { value: 'signingKey', name: 'Signing Key', operations: [create] };
