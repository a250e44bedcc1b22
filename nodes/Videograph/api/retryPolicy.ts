import { isObject } from '../utils/values';
import { isCertificateCode } from './errors';

/** What is known of a request that did not succeed. */
export type FailureKind =
	/** It cannot have reached the API. */
	| 'notSent'
	/** The API refused it for now (429): nothing was done. */
	| 'rateLimited'
	/** It may have been carried out: the answer was lost, or was a failure of the server. */
	| 'outcomeUnknown'
	/** The API has decided: repeating it would change nothing. */
	| 'rejected';

/** Codes of network errors that come before anything is sent: a request is sent once its host has shown its certificate. */
const NOT_SENT_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ERR_INVALID_URL',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
]);

/**
 * What an answer tells of a request that did not succeed. A success whose body is cut, or is nothing that the API says,
 * may be that of a request that was carried out; a page is none of the API's.
 *
 * @param body what its JSON holds, or its text where it is not JSON
 */
export function classifyResponse(httpStatus: number, body: unknown): FailureKind {
	if (httpStatus === 429) return 'rateLimited';
	if (httpStatus >= 500) return 'outcomeUnknown';
	const isGarbled = !isObject(body) && !(typeof body === 'string' && /^\s*</.test(body));
	return httpStatus >= 200 && httpStatus < 300 && isGarbled ? 'outcomeUnknown' : 'rejected';
}

/** What the code of a network error tells of its request. */
export function classifyNetworkError(code: string | undefined): FailureKind {
	return code !== undefined && (NOT_SENT_CODES.has(code) || isCertificateCode(code)) ? 'notSent' : 'outcomeUnknown';
}

/** How often a request is sent at most: a limit passes, so it is worth more patience than a failure. */
const MAX_ATTEMPTS = { rateLimited: 20, outcomeUnknown: 4, notSent: 4, rejected: 1 };
const BACKOFF = { initialMs: 1000, maxMs: 30_000 };

/**
 * How long to wait before a request is repeated, or undefined where it must not be.
 *
 * @param attempt how many times it was sent, from 1
 * @param safe whether repeating it does no harm if it was carried out already (a GET, or what brings something into a state)
 * @param retryAfterMs what the API asked for; undefined: full-jitter backoff
 * @param mostMs the longest wait that the API may ask for
 * @param random from 0 to 1
 */
export function retryDelay(
	kind: FailureKind,
	attempt: number,
	safe: boolean,
	retryAfterMs: number | undefined,
	mostMs: number,
	random: number = Math.random(),
): number | undefined {
	if (attempt >= MAX_ATTEMPTS[kind] || (kind === 'outcomeUnknown' && !safe)) return undefined;
	if (retryAfterMs !== undefined) return retryAfterMs <= mostMs ? retryAfterMs : undefined;
	return Math.round(random * Math.min(BACKOFF.initialMs * 2 ** (attempt - 1), BACKOFF.maxMs, mostMs));
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date.
 *
 * @param sent the Date header of the same answer: a date counts from there, as the clocks may differ
 * @param now epoch milliseconds, for an answer without that header
 * @returns milliseconds from now, 0 or more; undefined where there is no such header, or nothing readable in it
 */
export function parseRetryAfter(header: unknown, sent: unknown, now: number): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = parseDate(text);
	return date === undefined ? undefined : Math.max(date - (parseDate(sent) ?? now), 0);
}

function parseDate(value: unknown): number | undefined {
	// A date has letters; Date.parse would read "-5" as a month.
	const date = typeof value === 'string' && /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(date) ? undefined : date;
}
