/**
 * The expected result of an operation with a fault: a function of the kinds of both, and of no recorded data. The tables in
 * docs/reliability.md are generated from it, and the fault matrix compares the node with it.
 */

/** The effect of the faulty request. */
export type Kind =
	/** Reads data. */
	| 'read'
	/** Creates a clip of a live stream, which a lookup can find. */
	| 'clip'
	/** Creates a resource that no lookup can find. */
	| 'create'
	/** Idempotent: sets a state. */
	| 'bring'
	/** Requests an upload URL: nothing exists before the file is uploaded. */
	| 'address'
	/** Uploads a file. */
	| 'file'
	/** Downloads a segment of a video from its CDN. */
	| 'media'
	/** Polls. */
	| 'wait';

/** The meaning of a fault for its request. */
export interface Nature {
	effect:
		/** The response is valid, but late or unusual. */
		| 'none'
		/** The API rejects the request. */
		| 'refused'
		/** The API rate-limits the request (429). */
		| 'limited'
		/** The outcome is unknown. */
		| 'unclear'
		/** A success without its data. */
		| 'noData'
		/** A success with hostile IDs and texts. */
		| 'hostile'
		/** The API's clock is behind, so that recent times are in its future. */
		| 'clockBehind';
	/** Whether the API processes the request. */
	carriedOut: boolean;
	/** Whether every request fails, or only the first. */
	lasting: boolean;
	/** Whether Retry-After exceeds Max Rate Limit Wait. */
	asksTooMuch?: boolean;
	/** The HTTP status of the response. Undefined: there is no response. */
	status?: number;
	/** The message of the error: the API's own words, or the reason for the missing response. */
	words?: string;
	/** The message of a storage error, if it differs. */
	wordsOfStorage?: string;
}

/** The properties of an operation that affect its result. */
export interface Traits {
	kind: Kind;
	/** The required data of its response, in the words of the error. Undefined: none. */
	needs?: string;
	/** Its result if the API has no such resource or endpoint (404, 405). */
	whenMissing?: { error: string } | 'success';
	/** The error if the IDs and texts of the response are hostile. Undefined: success. */
	whenHostile?: string;
	/** The start of its errors. */
	prefix?: string;
}

export type Requests = number | { min: number; max: number };

export interface Expected {
	/** The class of the error. Null: success. */
	error: 'NodeApiError' | 'NodeOperationError' | null;
	/** The start of the message. */
	message: string | null;
	/** The number of faulty requests sent, or its limits. */
	requests: Requests;
	/** The number of created resources, or 1 for a state that is set. */
	exists: 0 | 1;
	/** Whether the error says that the resource may exist. */
	warns: boolean;
}

/**
 * The maximum number of attempts of a request that can be retried. For a request that is always rate-limited, it depends on
 * Max Rate Limit Wait, and on the pace of earlier requests; for a host of files it is fixed.
 */
const ATTEMPTS = { limited: { min: 2, max: 8 }, limitedByHost: 20, unclear: 4 };
/** The maximum number of attempts of a clip if its lookup is absent. */
const CLIP_ATTEMPTS = 3;
/** Consecutive failed polls until the wait fails. */
const MAX_FAILED_POLLS = 4;

/** The attempts of a request, and whether the last one succeeds. */
interface Attempts {
	requests: Requests;
	succeeds: boolean;
}

export function expected(traits: Traits, nature: Nature): Expected {
	const { kind } = traits;
	const { effect, status } = nature;
	const good: Expected = { error: null, message: null, requests: 1, exists: isReading(kind) ? 0 : 1, warns: false };
	if (effect === 'none') return good;
	if (effect === 'hostile') {
		const error = kind === 'address' ? missing('an upload URL with http or https') : traits.whenHostile;
		return error === undefined ? good : failure(traits, error);
	}
	if (effect === 'clockBehind') return kind === 'clip' ? failure(traits, nature.words ?? '') : good;
	if (effect === 'noData' && traits.needs === undefined) return good;
	if ((status === 404 || status === 405) && traits.whenMissing) {
		const { whenMissing } = traits;
		return whenMissing === 'success' ? good : { ...failure(traits, whenMissing.error), error: 'NodeOperationError' };
	}

	const message = effect === 'noData' ? missing(traits.needs) : messageOf(kind, nature);
	const { requests, succeeds, exists, warns } = course(traits, nature);
	const counted = { requests, exists: isReading(kind) ? 0 : exists, warns };
	return succeeds ? { ...good, ...counted } : { ...failure(traits, message), ...counted };
}

function course({ kind }: Traits, nature: Nature): Attempts & Pick<Expected, 'exists' | 'warns'> {
	const { effect, carriedOut, lasting } = nature;
	const repeated = repetition(nature);
	const once = { requests: 1, succeeds: false };
	const done = carriedOut ? 1 : 0;
	const plain = { exists: repeated.succeeds ? 1 : done, warns: false } as const;
	switch (kind) {
		case 'read':
		case 'bring':
			return { ...repeated, ...plain };
		case 'media':
			if (effect === 'limited' && lasting && !nature.asksTooMuch) {
				return { requests: ATTEMPTS.limitedByHost, succeeds: false, ...plain };
			}
			// A new segment may not be there yet.
			return { ...(nature.status === 404 ? repetition({ ...nature, effect: 'unclear' }) : repeated), ...plain };
		case 'wait':
			return { ...polls(nature, repeated), ...plain };
		case 'file':
			return { ...once, exists: done, warns: effect === 'unclear' };
		case 'address':
			return effect === 'limited' ? { ...repeated, ...plain } : { ...once, exists: 0, warns: false };
		case 'create':
			if (effect === 'unclear' || effect === 'noData') return { ...once, exists: done, warns: true };
			return { ...repeated, ...plain };
		case 'clip':
			if (effect !== 'unclear') return { ...repeated, ...plain };
			// No further request is sent, so there is no lookup.
			if (nature.asksTooMuch) return { ...once, exists: done, warns: true };
			// After a lookup, an existing clip is returned and a missing one is requested again.
			if (carriedOut) return { requests: 1, succeeds: true, exists: 1, warns: false };
			if (!lasting) return { requests: 2, succeeds: true, exists: 1, warns: false };
			return { requests: CLIP_ATTEMPTS, succeeds: false, exists: 0, warns: true };
	}
}

function repetition({ effect, lasting, asksTooMuch }: Nature): Attempts {
	if ((effect !== 'limited' && effect !== 'unclear') || asksTooMuch) return { requests: 1, succeeds: false };
	return lasting ? { requests: ATTEMPTS[effect], succeeds: false } : { requests: 2, succeeds: true };
}

/**
 * A wait tolerates a few failed polls, but fails at once if the resource does not exist. If Retry-After exceeds Max Rate Limit
 * Wait, further polls fail without a request.
 */
function polls({ lasting, status, asksTooMuch }: Nature, { requests, succeeds }: Attempts): Attempts {
	if (status === 404 || asksTooMuch) return { requests: 1, succeeds: false };
	if (typeof requests !== 'number') return { requests, succeeds };
	if (lasting) return { requests: requests * MAX_FAILED_POLLS, succeeds: false };
	return succeeds ? { requests, succeeds } : { requests: requests + 1, succeeds: true };
}

function isReading(kind: Kind): boolean {
	return kind === 'read' || kind === 'media' || kind === 'wait';
}

function messageOf(kind: Kind, nature: Nature): string {
	const { effect, lasting, status, words = '', wordsOfStorage = words, asksTooMuch } = nature;
	if (kind === 'wait' && (asksTooMuch || (effect === 'limited' && lasting)))
		return 'Videograph is rate limiting requests for ';
	if (kind === 'file') {
		const reason = wordsOfStorage === '' ? '' : `, ${wordsOfStorage}`;
		return `The file was not uploaded: ${status === undefined ? words : `HTTP ${status}${reason}`}`;
	}
	if (kind === 'media') {
		return `Segment 1 of 1 could not be downloaded: ${status === undefined ? words : `HTTP ${status}`}`;
	}
	return status === undefined ? `No response from Videograph: ${words}` : words;
}

function missing(needs = ''): string {
	return `Videograph returned an unexpected response: ${needs} is missing`;
}

function failure({ prefix = '' }: Traits, message: string): Expected {
	return { error: 'NodeApiError', message: `${prefix}${message}`, requests: 1, exists: 0, warns: false };
}
