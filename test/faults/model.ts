/**
 * What is promised of an operation that a fault strikes: a function of the kinds of both, and of nothing that was
 * recorded. docs/reliability.md is written from it, and the matrix of test/faults/ holds the node to it.
 */

/** What an operation does with the request that a fault strikes. */
export type Kind =
	/** Reads something. */
	| 'read'
	/** Makes a clip of a live stream, which can be found again. */
	| 'clip'
	/** Makes something that cannot be told from others of its kind. */
	| 'create'
	/** Brings something into a state, which may be done twice. */
	| 'bring'
	/** Asks where to upload a file to: nothing exists before the file is there. */
	| 'address'
	/** Sends a file. */
	| 'file'
	/** Waits for something. */
	| 'wait';

/** What a fault means for the request that it strikes. */
export interface Nature {
	effect:
		/** The answer is good, though it is late, or odd. */
		| 'none'
		/** The API says no. */
		| 'refused'
		/** The API says: not now (429). */
		| 'limited'
		/** Whether it was carried out cannot be told. */
		| 'unclear'
		/** A success without the data that it should hold. */
		| 'noData'
		/** A success whose ids and texts are hostile. */
		| 'hostile'
		/** The API's clock is behind, so that what has just happened lies in its future. */
		| 'clockBehind';
	/** The request is carried out. */
	carriedOut: boolean;
	/** It strikes every request, else the first. */
	lasting: boolean;
	/** The API asks for a longer pause than the node may keep. */
	asksTooMuch?: boolean;
	/** The HTTP status of the answer; undefined: there is none. */
	status?: number;
	/** What the error says: the API's own words, or why there is no answer. */
	words?: string;
	/** What a storage is taken to say with it, where that is something else. */
	wordsOfStorage?: string;
}

/** What of an operation counts beside its kind. */
export interface Traits {
	kind: Kind;
	/** What its answer must hold, in the words of the error; undefined: nothing. */
	needs?: string;
	/** What it does where the API has no such thing, or no such call (404, 405). */
	whenMissing?: { error: string } | 'success';
	/** What its errors begin with. */
	prefix?: string;
}

export interface Expected {
	/** The class of the error; null: it succeeds. */
	error: 'NodeApiError' | 'NodeOperationError' | null;
	/** How the message begins. */
	message: string | null;
	/** How many requests of the struck kind are sent. */
	requests: number;
	/** How many things exist afterwards, or 1 for a state that is reached. */
	exists: 0 | 1;
	/** Whether the error says that the thing may exist. */
	warns: boolean;
}

/** How often a request is sent at most, where it may be sent again. */
const ATTEMPTS = { limited: 20, unclear: 4 };
/** How often a clip is asked for at most, where it is surely not there. */
const SENDINGS = 3;
/** Looks in a row that must fail until waiting fails. */
const LOOKS = 4;

/** How requests end that may be sent again: how many there are, and whether the last one succeeds. */
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
			return { ...look(nature, repeated), ...plain };
		case 'file':
			return { ...once, exists: done, warns: effect === 'unclear' };
		case 'address':
			return effect === 'limited' ? { ...repeated, ...plain } : { ...once, exists: 0, warns: false };
		case 'create':
			if (effect === 'unclear' || effect === 'noData') return { ...once, exists: done, warns: true };
			return { ...repeated, ...plain };
		case 'clip':
			if (effect !== 'unclear') return { ...repeated, ...plain };
			// Nothing more is sent, so it cannot be looked for.
			if (nature.asksTooMuch) return { ...once, exists: done, warns: true };
			// It is looked for: what is there is taken, and what is not is asked for again.
			if (carriedOut) return { requests: 1, succeeds: true, exists: 1, warns: false };
			if (!lasting) return { requests: 2, succeeds: true, exists: 1, warns: false };
			return { requests: SENDINGS, succeeds: false, exists: 0, warns: true };
	}
}

function repetition({ effect, lasting, asksTooMuch }: Nature): Course {
	if ((effect !== 'limited' && effect !== 'unclear') || asksTooMuch) return { requests: 1, succeeds: false };
	return lasting ? { requests: ATTEMPTS[effect], succeeds: false } : { requests: 2, succeeds: true };
}

/**
 * Waiting survives a few looks that fail; that there is no such thing it believes at once. Where the API asks for too long
 * a pause, the next looks fail without a request.
 */
function look({ lasting, status, asksTooMuch }: Nature, { requests, succeeds }: Course): Course {
	if (status === 404 || asksTooMuch) return { requests: 1, succeeds: false };
	if (lasting) return { requests: requests * LOOKS, succeeds: false };
	return succeeds ? { requests, succeeds } : { requests: requests + 1, succeeds: true };
}

function isReading(kind: Kind): boolean {
	return kind === 'read' || kind === 'wait';
}

function messageOf(kind: Kind, { status, words = '', wordsOfStorage = words, asksTooMuch }: Nature): string {
	if (kind === 'wait' && asksTooMuch) return 'Videograph is rate limiting requests for ';
	if (kind === 'file') {
		const told = wordsOfStorage === '' ? '' : `, ${wordsOfStorage}`;
		return `The file was not uploaded: ${status === undefined ? words : `HTTP ${status}${told}`}`;
	}
	return status === undefined ? `No response from Videograph: ${words}` : words;
}

function missing(needs = ''): string {
	return `Videograph returned an unexpected response: ${needs} is missing`;
}

function failure({ prefix = '' }: Traits, message: string): Expected {
	return { error: 'NodeApiError', message: `${prefix}${message}`, requests: 1, exists: 0, warns: false };
}
