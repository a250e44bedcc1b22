/**
 * The expected result of an operation under a fault, derived from the kind of both and from no recording. It is the source of
 * docs/reliability.md, and the fault matrix compares the node with it.
 */

/** The kind of the request that a fault affects. */
export type Kind =
	/** Reads. */
	| 'read'
	/** Creates a clip of a live stream, which a lookup can find. */
	| 'clip'
	/** Creates a resource that no lookup can find. */
	| 'create'
	/** Changes a resource; idempotent. */
	| 'bring'
	/** Requests an upload URL; creates nothing. */
	| 'address'
	/** Uploads a file. */
	| 'file'
	/** Waits until ready. */
	| 'wait';

/** The effect of a fault on a request. */
export interface Nature {
	effect:
		/** The response is valid, but late or unusual. */
		| 'none'
		/** The API rejects the request. */
		| 'refused'
		/** Rate limited (429). */
		| 'limited'
		/** The outcome is unknown. */
		| 'unclear'
		/** A success without the expected data. */
		| 'noData'
		/** A success with hostile IDs and texts. */
		| 'hostile'
		/** The API's clock is behind, so that recent events lie in its future. */
		| 'clockBehind';
	/** The API processes the request. */
	carriedOut: boolean;
	/** It affects every request, otherwise only the first. */
	lasting: boolean;
	/** Retry-After exceeds Max Rate Limit Wait. */
	asksTooMuch?: boolean;
	/** The HTTP status; undefined: no response. */
	status?: number;
	/** The error's text: the API's message, or the reason for no response. */
	words?: string;
	/** The text for a storage, if it differs. */
	wordsOfStorage?: string;
}

/** The properties of an operation that matter, besides its kind. */
export interface Traits {
	kind: Kind;
	/** The required part of its response, as the error names it; undefined: none. */
	needs?: string;
	/** The result if the API has no such resource or endpoint (404, 405). */
	whenMissing?: { error: string } | 'success';
	/** The start of its error messages. */
	prefix?: string;
}

export interface Expected {
	/** The class of the error; null: it succeeds. */
	error: 'NodeApiError' | 'NodeOperationError' | null;
	/** The start of the message. */
	message: string | null;
	/** The number of affected requests. */
	requests: number;
	/** The number of created resources, or 1 for a completed change. */
	exists: 0 | 1;
	/** Whether the error says that the resource may exist. */
	warns: boolean;
}

/** The maximum number of attempts for a request that may be retried. */
const ATTEMPTS = { limited: 20, unclear: 4 };
/** The maximum number of attempts to create a clip that lookups report as absent. */
const MAX_ATTEMPTS = 3;
/** The number of consecutive failed polls that fail a wait. */
const FAILED_POLLS = 4;

/** The attempts of a request: their number, and whether the last one succeeds. */
interface Course {
	requests: number;
	succeeds: boolean;
}

export function expected(traits: Traits, nature: Nature): Expected {
	const { kind } = traits;
	const { effect, status } = nature;
	const good: Expected = { error: null, message: null, requests: 1, exists: isReading(kind) ? 0 : 1, warns: false };
	if (effect === 'none') return good;
	if (effect === 'hostile') return kind === 'address' ? failure(traits, missing('an upload URL with http or https')) : good;
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

function course({ kind }: Traits, nature: Nature): Course & Pick<Expected, 'exists' | 'warns'> {
	const { effect, carriedOut, lasting } = nature;
	const repeated = repetition(nature);
	const once = { requests: 1, succeeds: false };
	const done = carriedOut ? 1 : 0;
	const plain = { exists: repeated.succeeds ? 1 : done, warns: false } as const;
	switch (kind) {
		case 'read':
		case 'bring':
			return { ...repeated, ...plain };
		case 'wait':
			return { ...wait(nature, repeated), ...plain };
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
			// The lookup finds the clip, or reports it as absent and the request is sent again.
			if (carriedOut) return { requests: 1, succeeds: true, exists: 1, warns: false };
			if (!lasting) return { requests: 2, succeeds: true, exists: 1, warns: false };
			return { requests: MAX_ATTEMPTS, succeeds: false, exists: 0, warns: true };
	}
}

function repetition({ effect, lasting, asksTooMuch }: Nature): Course {
	if ((effect !== 'limited' && effect !== 'unclear') || asksTooMuch) return { requests: 1, succeeds: false };
	return lasting ? { requests: ATTEMPTS[effect], succeeds: false } : { requests: 2, succeeds: true };
}

/**
 * A wait survives some failed polls, but no 404. If Retry-After is too long, the next polls fail without a request.
 */
function wait({ lasting, status, asksTooMuch }: Nature, { requests, succeeds }: Course): Course {
	if (status === 404 || asksTooMuch) return { requests: 1, succeeds: false };
	if (lasting) return { requests: requests * FAILED_POLLS, succeeds: false };
	return succeeds ? { requests, succeeds } : { requests: requests + 1, succeeds: true };
}

function isReading(kind: Kind): boolean {
	return kind === 'read' || kind === 'wait';
}

function messageOf(kind: Kind, { status, words = '', wordsOfStorage = words, asksTooMuch }: Nature): string {
	if (kind === 'wait' && asksTooMuch) return 'Videograph is rate limiting requests for ';
	if (kind === 'file') {
		const reason = wordsOfStorage === '' ? '' : `, ${wordsOfStorage}`;
		return `The file was not uploaded: ${status === undefined ? words : `HTTP ${status}${reason}`}`;
	}
	return status === undefined ? `No response from Videograph: ${words}` : words;
}

function missing(needs = ''): string {
	return `Videograph returned an unexpected response: ${needs} is missing`;
}

function failure({ prefix = '' }: Traits, message: string): Expected {
	return { error: 'NodeApiError', message: `${prefix}${message}`, requests: 1, exists: 0, warns: false };
}
