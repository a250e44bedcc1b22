import type { components, operations } from './openapi';

/** Schemas of docs/openapi.yaml under short names. */
type Schemas = components['schemas'];

export type ClipRequest = Schemas['ClipRequest'];
export type VideoClipRequest = Schemas['VideoClipRequest'];
export type CreateLivestream = Schemas['CreateLivestream'];
export type UpdateLivestream = Schemas['UpdateLivestream'];
export type CreateContent = Schemas['CreateContent'];
export type CreateContentAdvanced = Schemas['CreateContentAdvanced'];
export type UpdateContent = Schemas['UpdateContent'];
export type Watermark = Schemas['Watermark'];
export type PlaybackPolicy = Schemas['PlaybackPolicy'];
export type CreateThumbnail = Schemas['CreateThumbnail'];
export type CreateSubtitle = Schemas['CreateSubtitle'];
export type CreateSigningKey = Schemas['CreateSigningKey'];
export type MetadataEntry = Schemas['MetadataEntry'];

/** Responses, before they are decoded (see decode.ts). */
export type LivestreamResponse = Schemas['Livestream'];
export type VideoResponse = Schemas['Content'];
export type ClipResponse = Schemas['CreatedClip'];
export type ClipListEntry = Schemas['ClipListItem'];
export type VideoClipListEntry = Schemas['VideoClipListItem'];
export type SubtitleResponse = Schemas['Subtitle'];

/** The operationIds of docs/openapi.yaml. */
export type Endpoint = keyof operations;
