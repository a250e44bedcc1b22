import type { GenericValue, IDataObject } from 'n8n-workflow';
import { isObject, numberOrNull, stringOrNull } from '../utils/values';
import type {
	ClipListEntry,
	ClipResponse,
	LivestreamResponse,
	MetadataEntry,
	SubtitleResponse,
	VideoClipListEntry,
	VideoResponse,
} from './types';
import { resolveFileUrl, withoutQuery } from './urls';

/**
 * The resources of the API, decoded from its responses. Values that a response lacks, or has with another type, are
 * null. Times are in epoch milliseconds.
 */

/** A response. Its keys are documented, but only its ID is known to have the documented type. */
type Response<Schema, Id extends keyof Schema = never> = { readonly [Key in keyof Schema]?: unknown } & Pick<
	Schema,
	Id
>;

interface Decoded {
	/** The response as the API returned it. */
	raw: IDataObject;
}

/** The properties that updates can change. */
interface Details {
	title: string | null;
	description: string | null;
	/** The entries of both lists may be anything. */
	tags: GenericValue[] | null;
	metadata: GenericValue[] | null;
}

interface WithUrls {
	playbackUrl: string | null;
	thumbnailUrl: string | null;
}

export type VideoStatus = 'processing' | 'ready' | 'failed';

export interface Video extends Details, WithUrls, Decoded {
	id: string;
	status: VideoStatus;
	/** False if the response has no status: then `processing` is assumed. */
	hasStatus: boolean;
	durationMs: number | null;
	createdMs: number | null;
	/** The part of a recording that it is a clip of; null if it is not a clip of a live stream. */
	recording: { streamId: string | null; startMs: number | null; endMs: number | null } | null;
}

export function decodeVideo(response: Response<VideoResponse, 'contentId'>): Video {
	const { liveRecording } = response;
	return {
		...decodeDetails(response),
		id: response.contentId,
		status: decodeStatus(response.status),
		hasStatus: response.status !== undefined,
		durationMs: numberOrNull(response.duration),
		createdMs: numberOrNull(response.created_at),
		recording: isObject(liveRecording)
			? {
					streamId: stringOrNull(liveRecording.streamUUID),
					startMs: numberOrNull(liveRecording.startTime),
					endMs: numberOrNull(liveRecording.endTime),
				}
			: null,
	};
}

/** Properties that may name another file than the video itself. */
const OTHER_FILE = /source|original|input|preview|thumb|poster/i;

/** The URL of the video as an MP4 file, or null. The property that contains it is not documented. */
export function mp4UrlOf({ raw }: Pick<Video, 'raw'>): string | null {
	const urls = Object.entries(raw).flatMap(([name, value]) => {
		const url = typeof value === 'string' && !OTHER_FILE.test(name) ? resolveFileUrl(value) : undefined;
		return url !== undefined && /\.mp4$/i.test(withoutQuery(url)) ? url : [];
	});
	return urls[0] ?? null;
}

/** Adds a later response to a video: it takes precedence, but may lack properties. */
export function mergeVideos({ raw }: Video, later: Video | undefined): Video {
	return decodeVideo({ ...raw, ...later?.raw } as Response<VideoResponse, 'contentId'>);
}

export type LivestreamPhase = 'live' | 'off' | 'unknown';

export interface Livestream extends Details, WithUrls, Decoded {
	id: string;
	/** The API's word. */
	status: string | null;
	phase: LivestreamPhase;
	/** null if unknown: no response contains it, but there is a list of recorded live streams. */
	recorded: boolean | null;
	/** The start of the current broadcast. */
	activeSinceMs: number | null;
	createdMs: number | null;
	ingestUrl: string | null;
	/** A secret. */
	streamKey: string | null;
	dvrMinutes: number | null;
}

export function decodeLivestream(
	response: Response<LivestreamResponse, 'streamUUID'>,
	recorded: boolean | null = null,
): Livestream {
	return {
		...decodeDetails(response),
		id: response.streamUUID,
		status: stringOrNull(response.status),
		phase: decodePhase(response.status),
		recorded,
		activeSinceMs: numberOrNull(response.activeSince),
		createdMs: numberOrNull(response.createdOn) ?? numberOrNull(response.created_at),
		ingestUrl: stringOrNull(response.ingestUrl) ?? stringOrNull(response.rtmpUrl),
		streamKey: stringOrNull(response.streamKey),
		dvrMinutes: numberOrNull(response.dvrDurationInMins),
	};
}

/**
 * Adds the details of a live stream to its list entry. Its status may change between the two requests. The one of the
 * list remains, so that no live status is lost; the next poll sees the change.
 */
export function mergeLivestreams(listed: Livestream, details: Livestream | undefined): Livestream {
	const { raw, recorded } = listed;
	const response = { ...raw, ...details?.raw, status: raw.status } as Response<LivestreamResponse, 'streamUUID'>;
	return decodeLivestream(response, recorded);
}

/** A live stream of which only the ID, and perhaps the title, is known. */
export function unreadLivestream(id: string, title: string | null = null): Livestream {
	return decodeLivestream({ streamUUID: id, title });
}

/** The IDs in the response to a request that creates a clip; null if it does not contain them. */
export interface CreatedClip extends Decoded {
	/** The ID of the clip job if the API returned one, otherwise the ID of the clip's video. */
	clipId: string | null;
	/** The ID of the clip's video. */
	contentId: string | null;
}

/**
 * The keys of the response to Create Clip are not documented. In the response to Create Clip From Video, `uuid` and
 * `id` identify the clip's video.
 */
export function decodeCreatedClip(response: Response<ClipResponse>): CreatedClip {
	const contentId = stringOrNull(response.contentUUID) ?? stringOrNull(response.contentId);
	const clipId =
		stringOrNull(response.clipUUID) ?? contentId ?? stringOrNull(response.uuid) ?? stringOrNull(response.id);
	return { clipId, contentId, raw: response as IDataObject };
}

/** An entry of a clip list. */
export interface ListedClip extends Decoded {
	clipId: string;
	/** The ID of the clip's video; null while the clip has none. */
	contentId: string | null;
	title: string | null;
	/** null in the list of a video, which contains no status. */
	status: VideoStatus | null;
	createdMs: number | null;
}

/** The `statusId` of a ready clip in the clip list of a live stream. */
const READY_STATUS_ID = 3;

/**
 * An entry of the clip list of a live stream. The list's word for a failed clip is not documented, so the word for a
 * failed video is assumed.
 */
export function decodeListedClip(entry: Response<ClipListEntry, 'clipUUID'>): ListedClip {
	return {
		clipId: entry.clipUUID,
		contentId: stringOrNull(entry.contentUUID),
		title: stringOrNull(entry.name),
		status: entry.statusId === READY_STATUS_ID ? 'ready' : decodeStatus(entry.status),
		createdMs: numberOrNull(entry.created_at),
		raw: entry as IDataObject,
	};
}

/** An entry of the clip list of a video. */
export function decodeListedVideoClip(entry: Response<VideoClipListEntry, 'uuid'>): ListedClip {
	return {
		clipId: entry.uuid,
		contentId: entry.uuid,
		title: stringOrNull(entry.name),
		status: null,
		createdMs: numberOrNull(entry.createdOn),
		raw: entry as IDataObject,
	};
}

export interface Subtitle extends Decoded {
	id: string | null;
	name: string | null;
	languageCode: string | null;
	closedCaptions: boolean | null;
	url: string | null;
}

export function decodeSubtitle(response: Response<SubtitleResponse>): Subtitle {
	const { support_closed_captions: closedCaptions } = response;
	return {
		id: stringOrNull(response.uuid),
		name: stringOrNull(response.name),
		languageCode: stringOrNull(response.language_code),
		closedCaptions: typeof closedCaptions === 'boolean' ? closedCaptions : null,
		url: stringOrNull(response.url),
		raw: response as IDataObject,
	};
}

/** A request that updates a resource. */
interface DetailsRequest {
	title: string;
	description?: string;
	tags?: string[];
	metadata?: MetadataEntry[];
}

/** The details to send again with an update: Videograph may clear those that it omits. */
export function storedDetails({ description, tags, metadata }: Details): Omit<DetailsRequest, 'title'> {
	return {
		...(description !== null && { description }),
		...(tags && { tags: tags.filter((tag) => typeof tag === 'string' && tag !== '') as string[] }),
		...(metadata && { metadata: metadata.filter(isMetadataEntry).map(({ key, value }) => ({ key, value })) }),
	};
}

/** A resource after an update: the response to it may be empty. */
export function withDetails<T extends Details>(resource: T, request: DetailsRequest): T {
	const { title, description, tags, metadata } = request;
	return {
		...resource,
		title,
		description: stringOrNull(description),
		tags: tags ?? null,
		metadata: metadata ?? null,
	};
}

/** The value of an entry in the metadata: null if it has none, undefined if there is no entry with this key. */
export function metadataValue({ metadata }: Details, key: string): unknown {
	const entry = metadata?.find((candidate) => isObject(candidate) && candidate.key === key);
	return isObject(entry) ? (entry.value ?? null) : undefined;
}

function decodeDetails(response: Response<LivestreamResponse & VideoResponse>): Details & WithUrls & Decoded {
	return {
		title: stringOrNull(response.title),
		description: stringOrNull(response.description),
		tags: Array.isArray(response.tags) ? response.tags : null,
		metadata: Array.isArray(response.metadata) ? response.metadata : null,
		playbackUrl: stringOrNull(response.playbackUrl),
		thumbnailUrl: stringOrNull(response.thumbnailUrl),
		raw: response as IDataObject,
	};
}

function decodeStatus(status: unknown): VideoStatus {
	if (status === 'Ready') return 'ready';
	return status === 'Failed' ? 'failed' : 'processing';
}

const OFF_STATUSES: ReadonlySet<unknown> = new Set(['Idle', 'InActive', 'Failed', 'Deleting']);

/** A status that is not documented may come before any other one. */
function decodePhase(status: unknown): LivestreamPhase {
	if (status === 'Active') return 'live';
	return OFF_STATUSES.has(status) ? 'off' : 'unknown';
}

function isMetadataEntry(entry: unknown): entry is MetadataEntry {
	return isObject(entry) && stringOrNull(entry.key) !== null && typeof entry.value === 'string';
}
