/** How the emulator behaves. What is not known of the real API is an option here, so that each way can be played. */
export interface Options {
	/** 0 takes a free port; afterwards it is the one that was taken. */
	port: number;
	accessTokenId: string;
	secretKey: string;
	/** The emulator's only clock, in epoch milliseconds. */
	now: () => number;
	/** Milliseconds from a clip's creation until it is ready. */
	readyAfterMs: number;
	/** Milliseconds of real time before each request to the API is carried out. */
	latencyMs: number;
	/** The `status` of an error's envelope; undefined leaves it out. */
	errorStatus: string | undefined;
	/** What Create Clip answers: `data: {}`, no envelope at all, the clip as a video, or the clip job's id. */
	createAnswer: 'empty' | 'bare' | 'contentId' | 'clipUUID';
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
	/** Requests that a second of the clock admits, and the seconds that `Retry-After` names (undefined: no header). */
	rateLimit: { perSecond: number; retryAfter: number | undefined } | undefined;
}

export const defaults: Omit<Options, 'accessTokenId' | 'secretKey'> = {
	port: 0,
	now: Date.now,
	readyAfterMs: 2000,
	latencyMs: 0,
	errorStatus: undefined,
	createAnswer: 'empty',
	createStatus: 200,
	clipList: 'present',
	contentIdInList: 'whenReady',
	playlist: 'programDateTime',
	ignorePaging: false,
	rateLimit: undefined,
};

/** Scheme and host of the emulator once it runs. */
export function originOf({ port }: Pick<Options, 'port'>): string {
	return `http://127.0.0.1:${port}`;
}
