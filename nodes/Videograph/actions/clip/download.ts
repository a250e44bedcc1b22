import { downloadOperation } from '../download';
import { CLIP_WAIT } from './options';

export const download = downloadOperation(CLIP_WAIT);
