import type { components, operations } from './openapi';

/** Schemas of docs/openapi.yaml under short names. Times in responses are epoch milliseconds. */
type Schemas = components['schemas'];

export type ClipRequest = Schemas['ClipRequest'];
export type CreateClipResponse = Schemas['CreatedClip'];
export type ClipListItem = Schemas['ClipListItem'];
export type VideoClipRequest = Schemas['VideoClipRequest'];
export type VideoClipListItem = Schemas['VideoClipListItem'];

export type Livestream = Schemas['Livestream'];
export type CreateLivestream = Schemas['CreateLivestream'];
export type UpdateLivestream = Schemas['UpdateLivestream'];

export type Content = Schemas['Content'];
export type CreateContent = Schemas['CreateContent'];
export type CreateContentAdvanced = Schemas['CreateContentAdvanced'];
export type UpdateContent = Schemas['UpdateContent'];
export type Watermark = Schemas['Watermark'];
export type PlaybackPolicy = Schemas['PlaybackPolicy'];

export type CreateThumbnail = Schemas['CreateThumbnail'];
export type Subtitle = Schemas['Subtitle'];
export type CreateSubtitle = Schemas['CreateSubtitle'];
export type CreateSigningKey = Schemas['CreateSigningKey'];

export type MetadataEntry = Schemas['MetadataEntry'];

/** The operationIds of docs/openapi.yaml. */
export type Endpoint = keyof operations;
