import type { components } from './openapi';

/** The shapes of docs/openapi.yaml under short names. Times in answers are epoch milliseconds. */
export type ClipRequest = components['schemas']['ClipRequest'];
export type CreatedClip = components['schemas']['CreatedClip'];
export type ClipListItem = components['schemas']['ClipListItem'];
export type VideoClipRequest = components['schemas']['VideoClipRequest'];
export type VideoClipListItem = components['schemas']['VideoClipListItem'];
export type Livestream = components['schemas']['Livestream'];
export type Content = components['schemas']['Content'];
export type MetadataEntry = components['schemas']['MetadataEntry'];
