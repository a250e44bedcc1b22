import { downloadOperation } from '../download';
import { CLIP_WAIT } from './fields';

export const download = downloadOperation(CLIP_WAIT);
