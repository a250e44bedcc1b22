import { randomBytes, randomUUID } from 'node:crypto';
import { mediaDefaults, type MediaOptions } from './media/options';

/**
 * How the emulator behaves. What is not known of the real API is an option here, so that each way can be played, and an
 * entry of `x-unknowns` in docs/openapi.yaml.
 */
export interface Options {
	/** 0 takes a free port; afterwards it is the one that was taken. */
	port: number;
	accessTokenId: string;
	secretKey: string;
	/** Further accounts. They see the same, and each has a rate limit of its own. */
	otherAccounts: Array<{ accessTokenId: string; secretKey: string }>;
	/** The emulator's only clock, in epoch milliseconds. */
	now: () => number;
	/** Generates the IDs of a clip: of its job, then of its video. */
	newId: () => string;
	/** Milliseconds from the creation of a clip, or of a video from a URL or a file, until it is ready. */
	readyAfterMs: number;
	/** Milliseconds of real time before each API request is processed. */
	latencyMs: number;
	/** The `status` of an error envelope. Undefined: omitted. */
	errorStatus: string | undefined;
	/**
	 * The response to Create Clip: `data: {}`, no envelope, the clip as a video, the ID of the clip job, or the ID of the video as
	 * in the response of the sibling endpoint.
	 */
	createAnswer: 'empty' | 'bare' | 'contentId' | 'clipUUID' | 'uuid';
	/** The status of a successful create. The vendor's client accepts only 201, its documentation says 200. */
	createStatus: 200 | 201;
	/** Whether the clip lists exist, or their HTTP status. */
	clipList: 'present' | 404 | 405;
	/** When the clip list contains the content ID. */
	contentIdInList: 'always' | 'whenReady';
	/**
	 * The playlist at a stream's `playbackUrl`: all segments with program date times, all without, the last segments only, or
	 * a 404.
	 */
	playlist: 'programDateTime' | 'plain' | 'sliding' | 'missing';
	/** Whether a title comes back as it was sent, or with HTML entities. */
	titles: 'exact' | 'escaped';
	/** The files at all playback URLs. */
	media: MediaOptions;
	/** Whether the list of videos ignores `start` and `limit`. */
	ignorePaging: boolean;
	/** The maximum number of videos in a page, whatever `limit` is. */
	pageCap: number;
	/** Whether the list of videos starts with the newest, or with the oldest. */
	newestFirst: boolean;
	/** Whether PUT clears omitted fields, or retains them. */
	putReplaces: boolean;
	/**
	 * The details of a live stream: the fields observed in real responses, or also tags and DVR duration.
	 */
	streamDetails: 'seen' | 'full';
	/** Whether the details of a live stream contain its start. */
	activeSince: boolean;
	/** Whether the list of live streams contains each of them twice. */
	repeats: boolean;
	/** The name of the ingest URL. */
	ingestName: 'ingestUrl' | 'rtmpUrl';
	/** Milliseconds from the start, or the stop, of a live stream until it is Active, or Idle. */
	startsAfterMs: number;
	/** Milliseconds for which a deleted live stream is shown as Deleting. */
	deletingForMs: number;
	/** Whether live streams can be started and stopped, or the HTTP status of these endpoints. */
	startStop: 'present' | 404 | 405;
	/** Whether lists and details of videos contain playback URLs. */
	playbackUrlInDetails: boolean;
	/** Whether the endpoint for a playback URL exists, or its HTTP status. */
	playbackUrl: 'present' | 404 | 405;
	/** Whether subtitles can be listed and deleted, or the HTTP status of these endpoints. */
	subtitleList: 'present' | 404 | 405;
	/** The response without data: an envelope, or an empty object. */
	doneAnswer: 'envelope' | 'bare';
	/** Milliseconds from an upload's last byte until it is a video. */
	contentAppearsAfterMs: number;
	/** The response for a signing key. Its real fields are unknown, so these are invented. */
	signingKey: () => Record<string, unknown>;
	/**
	 * The admitted requests per second of the clock, and the seconds in `Retry-After` (undefined: no header). With
	 * `countsRefused`, a client that does not slow down is never admitted again.
	 */
	rateLimit: { perSecond: number; retryAfter: number | undefined; countsRefused?: boolean } | undefined;
}

export const defaults: Omit<Options, 'accessTokenId' | 'secretKey'> = {
	port: 0,
	otherAccounts: [],
	now: () => Date.now(),
	newId: randomUUID,
	readyAfterMs: 2000,
	latencyMs: 0,
	errorStatus: undefined,
	createAnswer: 'empty',
	createStatus: 201,
	clipList: 'present',
	contentIdInList: 'whenReady',
	playlist: 'programDateTime',
	titles: 'exact',
	media: mediaDefaults,
	ignorePaging: false,
	pageCap: Infinity,
	newestFirst: false,
	putReplaces: true,
	streamDetails: 'seen',
	activeSince: true,
	repeats: false,
	ingestName: 'ingestUrl',
	startsAfterMs: 1000,
	deletingForMs: 0,
	startStop: 'present',
	playbackUrlInDetails: true,
	playbackUrl: 'present',
	subtitleList: 'present',
	doneAnswer: 'envelope',
	contentAppearsAfterMs: 1500,
	signingKey: () => ({ keyId: randomUUID(), privateKey: randomBytes(32).toString('base64') }),
	rateLimit: undefined,
};

/** Scheme and host of the emulator once it runs. */
export function originOf({ port }: Pick<Options, 'port'>): string {
	return `http://127.0.0.1:${port}`;
}
