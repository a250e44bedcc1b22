import { isObject } from '../utils/values';
import type { FailureKind } from './errors';

/**
 * Classifies an unsuccessful response. A 2xx with a truncated or non-JSON body may mean that the request succeeded. An
 * HTML page did not come from the API.
 *
 * @param body an object if the body was JSON, otherwise its text
 */
export function classifyResponse(httpStatus: number, body: unknown): FailureKind {
	if (httpStatus === 429) return 'rateLimited';
	if (httpStatus >= 500) return 'outcomeUnknown';
	const isGarbled = !isObject(body) && !(typeof body === 'string' && /^\s*</.test(body));
	return httpStatus >= 200 && httpStatus < 300 && isGarbled ? 'outcomeUnknown' : 'rejected';
}

/** Attempts per request. A rate limit always ends, so it gets more of them. */
const MAX_ATTEMPTS = { rateLimited: 20, outcomeUnknown: 4, notSent: 4, rejected: 1 };
const BACKOFF = { initialMs: 1000, maxMs: 30_000 };

export interface FailedAttempt {
	kind: FailureKind;
	/** Number of this attempt, from 1. */
	attempt: number;
	/** Whether the request can be sent again even if it succeeded. */
	idempotent: boolean;
	/** From Retry-After. Without it, full-jitter backoff applies. */
	retryAfterMs: number | undefined;
	/** The longest wait. */
	maxRetryAfterMs: number;
	/** 0 to 1. */
	random?: number;
}

/** Delay in milliseconds before the next attempt; undefined if there is none. */
export function retryDelay(failed: FailedAttempt): number | undefined {
	const { kind, attempt, idempotent, retryAfterMs, maxRetryAfterMs, random = Math.random() } = failed;
	if (attempt >= MAX_ATTEMPTS[kind] || (kind === 'outcomeUnknown' && !idempotent)) return undefined;
	if (retryAfterMs !== undefined) return retryAfterMs <= maxRetryAfterMs ? retryAfterMs : undefined;
	return Math.round(random * Math.min(BACKOFF.initialMs * 2 ** (attempt - 1), BACKOFF.maxMs, maxRetryAfterMs));
}

/**
 * Parses a Retry-After header: seconds or an HTTP date.
 *
 * @param responseDate Date header of the same response. An HTTP date is relative to it, because clocks may differ
 * @param now epoch milliseconds, used if there is no Date header
 * @returns milliseconds, 0 or more; undefined if the header is missing or invalid
 */
export function parseRetryAfter(header: unknown, responseDate: unknown, now: number): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = parseDate(text);
	return date === undefined ? undefined : Math.max(date - (parseDate(responseDate) ?? now), 0);
}

function parseDate(value: unknown): number | undefined {
	// Date.parse accepts "-5" as a month; a date contains letters.
	const date = typeof value === 'string' && /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
	return Number.isNaN(date) ? undefined : date;
}
