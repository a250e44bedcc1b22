import type { Resource } from '../operation';
import { uploadFile } from './uploadFile';

export const upload: Resource = { value: 'upload', name: 'Upload', operations: [uploadFile] };
