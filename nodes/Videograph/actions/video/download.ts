import { downloadOperation } from '../download';
import { VIDEO_WAIT } from './fields';

export const download = downloadOperation(VIDEO_WAIT);
