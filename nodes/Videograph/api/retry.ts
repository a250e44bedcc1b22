import { isObject } from '../shared/values';
import { isCertificateCode } from './errors';

/** What is known of a request that did not succeed. */
export type Arrival =
	/** It cannot have reached the API. */
	| 'notSent'
	/** The API refused it for now (429): nothing was done. */
	| 'limited'
	/** It may have been carried out: the answer was lost, or was a failure of the server. */
	| 'unclear'
	/** The API has decided: repeating it would change nothing. */
	| 'final';

/** Codes of network errors that come before anything is sent: a request is sent once its host has shown its certificate. */
const NOT_SENT = new Set([
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
export function arrivalOfAnswer(httpStatus: number, body: unknown): Arrival {
	if (httpStatus === 429) return 'limited';
	if (httpStatus >= 500) return 'unclear';
	const isGarbled = !isObject(body) && !(typeof body === 'string' && /^\s*</.test(body));
	return httpStatus >= 200 && httpStatus < 300 && isGarbled ? 'unclear' : 'final';
}

/** What the code of a network error tells of its request. */
export function arrivalOfNetworkError(code: string | undefined): Arrival {
	return code !== undefined && (NOT_SENT.has(code) || isCertificateCode(code)) ? 'notSent' : 'unclear';
}

/** How often a request is sent at most: a limit passes, so it is worth more patience than a failure. */
const ATTEMPTS = { limited: 20, unclear: 4, notSent: 4, final: 1 };
const BACKOFF = { firstMs: 1000, mostMs: 30_000 };

/**
 * How long to wait before a request is repeated, or undefined where it must not be.
 *
 * @param attempt how many times it was sent, from 1
 * @param safe whether repeating it does no harm if it was carried out already (a GET, or what brings something into a state)
 * @param retryAfterMs what the API asked for; undefined: full-jitter backoff
 * @param mostMs the longest wait that the API may ask for
 * @param random from 0 to 1
 */
export function waitBeforeRepeat(
	arrival: Arrival,
	attempt: number,
	safe: boolean,
	retryAfterMs: number | undefined,
	mostMs: number,
	random: number = Math.random(),
): number | undefined {
	if (attempt >= ATTEMPTS[arrival] || (arrival === 'unclear' && !safe)) return undefined;
	if (retryAfterMs !== undefined) return retryAfterMs <= mostMs ? retryAfterMs : undefined;
	return Math.round(random * Math.min(BACKOFF.firstMs * 2 ** (attempt - 1), BACKOFF.mostMs, mostMs));
}

/**
 * Reads a Retry-After header: seconds, or an HTTP date.
 *
 * @param sent the Date header of the same answer: a date counts from there, as the clocks may differ
 * @param now epoch milliseconds, for an answer without that header
 * @returns milliseconds from now, 0 or more; undefined where there is no such header, or nothing readable in it
 */
export function readRetryAfter(header: unknown, sent: unknown, now: number): number | undefined {
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
