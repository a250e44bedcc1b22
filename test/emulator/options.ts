import { randomBytes, randomUUID } from 'node:crypto';

/** How the emulator behaves. What is not known of the real API is an option here, so that each way can be played. */
export interface Options {
	/** 0 takes a free port; afterwards it is the one that was taken. */
	port: number;
	accessTokenId: string;
	secretKey: string;
	/** The emulator's only clock, in epoch milliseconds. */
	now: () => number;
	/** Gives each id of a clip: that of its job, then that of its video. */
	newId: () => string;
	/** Milliseconds from the creation of a clip, or of a video from a URL or a file, until it is ready. */
	readyAfterMs: number;
	/** Milliseconds of real time before each request to the API is carried out. */
	latencyMs: number;
	/** The `status` of an error's envelope; undefined leaves it out. */
	errorStatus: string | undefined;
	/** What Create Clip answers: `data: {}`, no envelope at all, the clip as a video, the clip job's id, or the video's id as the sibling call has it. */
	createAnswer: 'empty' | 'bare' | 'contentId' | 'clipUUID' | 'uuid';
	createStatus: 200 | 201;
	/** Whether the lists of clips exist, or the HTTP status that is answered for them. */
	clipList: 'present' | 404 | 405;
	/** When the list of clips names the content id. */
	contentIdInList: 'always' | 'whenReady';
	/**
	 * The playlist behind a stream's `playbackUrl`: everything from the beginning with program date times, the same
	 * without them, the last segments only, or a 404.
	 */
	playlist: 'programDateTime' | 'plain' | 'sliding' | 'missing';
	/** Whether the list of videos takes no notice of `start` and `limit`. */
	ignorePaging: boolean;
	/** Whether the list of videos begins with the newest, else with the oldest. */
	newestFirst: boolean;
	/** Whether PUT empties what its body leaves out, else it keeps that. */
	putReplaces: boolean;
	/**
	 * What the details of a live stream contain: what has been seen in the real answer, or its tags and the length of its
	 * DVR too.
	 */
	streamDetails: 'seen' | 'full';
	/** Whether the details of a live stream contain its start. */
	activeSince: boolean;
	/** Whether the list of live streams names each of them twice. */
	repeats: boolean;
	/** The name of the ingest URL. */
	ingestName: 'ingestUrl' | 'rtmpUrl';
	/** Milliseconds from the start, or the stop, of a live stream until it is Active, or Idle. */
	startsAfterMs: number;
	/** Milliseconds for which a deleted live stream is shown as Deleting. */
	deletingForMs: number;
	/** Whether live streams can be started and stopped, or the HTTP status that is answered. */
	startStop: 'present' | 404 | 405;
	/** Whether the call for a playback URL exists, or the HTTP status that is answered. */
	playbackUrl: 'present' | 404 | 405;
	/** Whether subtitles can be listed and deleted, or the HTTP status that is answered. */
	subtitleList: 'present' | 404 | 405;
	/** What is answered when something was done: an envelope, or an empty object. */
	doneAnswer: 'envelope' | 'bare';
	/** Milliseconds from an upload's last byte until it is a video. */
	contentAppearsAfterMs: number;
	/** What a signing key is answered as; what it holds is not known, so these names are made up. */
	signingKey: () => Record<string, unknown>;
	/** Requests that a second of the clock admits, and the seconds that `Retry-After` names (undefined: no header). */
	rateLimit: { perSecond: number; retryAfter: number | undefined } | undefined;
}

export const defaults: Omit<Options, 'accessTokenId' | 'secretKey'> = {
	port: 0,
	now: Date.now,
	newId: randomUUID,
	readyAfterMs: 2000,
	latencyMs: 0,
	errorStatus: undefined,
	createAnswer: 'empty',
	createStatus: 200,
	clipList: 'present',
	contentIdInList: 'whenReady',
	playlist: 'programDateTime',
	ignorePaging: false,
	newestFirst: false,
	putReplaces: true,
	streamDetails: 'seen',
	activeSince: true,
	repeats: false,
	ingestName: 'ingestUrl',
	startsAfterMs: 1000,
	deletingForMs: 0,
	startStop: 'present',
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
