import { isObject } from '../utils/values';

/** Whether a failed request can be sent again. */
export type FailureKind =
	/** It did not reach the API. */
	| 'notSent'
	/** The API rejected it for now (429). */
	| 'rateLimited'
	/** The API may have processed it: the response was lost, or a 5xx. */
	| 'outcomeUnknown'
	/** The API rejected it. Retrying does not help. */
	| 'rejected';

/** What went wrong. */
export type FailureReason =
	/** An unsuccessful response of the API. */
	| 'status'
	/** No response. */
	| 'network'
	/** The certificate of the host is not trusted. */
	| 'certificate'
	/** A successful response without the expected data. */
	| 'unexpectedData'
	/** Not sent: the rate limit lasts longer than the maximum wait. */
	| 'rateLimitWait'
	/** Not sent: the execution was stopped. */
	| 'stopped'
	/** An unsuccessful response of the storage to an upload. */
	| 'uploadStatus'
	/** No response of the storage to an upload. */
	| 'uploadNetwork'
	/** An unsuccessful response of the host of a media file. */
	| 'mediaStatus'
	/** No response of the host of a media file, or an incomplete one. */
	| 'mediaNetwork'
	/** A URL of a media file that must not be requested. */
	| 'mediaUrl'
	/** A response that is not a playlist. */
	| 'notPlaylist'
	/** A playlist without an end. */
	| 'live'
	/** Protected by a key system. */
	| 'drm'
	/** A feature, a format or a codec that cannot be written to the file. */
	| 'unsupportedMedia'
	/** A part of the media is damaged. */
	| 'damagedMedia'
	| 'noSound'
	| 'noMedia'
	/** Larger than Max Size. */
	| 'tooLarge'
	/** Larger than n8n can store without loading the whole file into memory. */
	| 'tooLargeForMemory';

export interface FailureDetails {
	kind: FailureKind;
	reason: FailureReason;
	/** The request as "METHOD /path", as the API's documentation lists it. */
	call: string;
	/** HTTP status of the response. */
	status?: number;
	/** Whether the body of the response was JSON. */
	isJson?: boolean;
	/** How long the API asked to wait, in milliseconds. */
	retryAfterMs?: number;
	/** What the user should know before the advice: a sentence. */
	note?: string;
}

/**
 * A failed request. It is immutable, so items can share it. It never refers to the original error of n8n's request
 * helper, which contains the Authorization header.
 */
export class VideographError extends Error {
	/** @param message of the API, or why there was no response */
	constructor(
		message: string,
		readonly details: Readonly<FailureDetails>,
	) {
		super(message);
	}

	/** A copy with a note for the user. */
	withNote(note: string): VideographError {
		return new VideographError(this.message, { ...this.details, note });
	}
}

/** Whether an error means that a create request may have succeeded. */
export function isOutcomeUnknown(error: unknown): error is VideographError {
	return error instanceof VideographError && error.details.kind === 'outcomeUnknown';
}

/** Whether an error is a response of the API with one of these statuses. */
export function hasStatus(error: unknown, ...statuses: number[]): boolean {
	return error instanceof VideographError && statuses.includes(error.details.status ?? 0);
}

/** Reasons for a missing response, by network error code. */
const NETWORK: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'the host name is unknown',
	EAI_AGAIN: 'the host name could not be resolved',
	ECONNRESET: 'the connection was interrupted',
	EPIPE: 'the connection was interrupted',
	ERR_STREAM_PREMATURE_CLOSE: 'the connection was interrupted',
	ETIMEDOUT: 'the request timed out',
	ECONNABORTED: 'the request timed out',
	EHOSTUNREACH: 'the host is unreachable',
	ENETUNREACH: 'the host is unreachable',
	ENETDOWN: 'the network is down',
	EADDRNOTAVAIL: 'the host is unreachable',
	EMSGSIZE: 'the response was too large',
	ERR_CANCELED: 'the execution was stopped',
};

/** Reasons for an untrusted certificate, by network error code. Nothing was sent. */
const CERTIFICATE: Record<string, string> = {
	CERT_HAS_EXPIRED: 'the certificate has expired',
	CERT_NOT_YET_VALID: 'the certificate is not valid yet',
	ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another host',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is not trusted',
	SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is not trusted',
	UNABLE_TO_GET_ISSUER_CERT: 'the certificate is not trusted',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is not trusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate is not trusted',
};

/** Network error codes that occur before the request is sent (it is sent only after the TLS handshake). */
const NOT_SENT_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ERR_INVALID_URL',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
	...Object.keys(CERTIFICATE),
]);

/** Classifies a request without a response by its network error code. */
export function classifyNetworkError(code: string | undefined): FailureKind {
	return code !== undefined && NOT_SENT_CODES.has(code) ? 'notSent' : 'outcomeUnknown';
}

/**
 * The error for a request without a response. It contains only the network error code or the message of the original
 * error.
 *
 * @param thrown what n8n's request helper threw
 */
export function noResponseError(call: string, thrown: unknown): VideographError {
	const code = networkCode(thrown);
	const isUntrusted = code !== undefined && Object.hasOwn(CERTIFICATE, code);
	return new VideographError(`No response from Videograph: ${networkReason(thrown)}`, {
		kind: classifyNetworkError(code),
		reason: isUntrusted ? 'certificate' : 'network',
		call,
	});
}

/** The error for media that cannot be downloaded. No attempt of it helps. @param call the request, without secrets */
export function mediaError(reason: FailureReason, call: string, message: string): VideographError {
	return new VideographError(message, { kind: 'rejected', reason, call });
}

/** Why there was no response, in words. Nothing else of the original error is safe to show. */
export function networkReason(thrown: unknown): string {
	const code = networkCode(thrown);
	if (code) return NETWORK[code] ?? CERTIFICATE[code] ?? code;
	return thrown instanceof Error ? thrown.message.slice(0, 200) : 'unknown';
}

/** The network error code. By n8n version, it is in the chain of causes or in place of the HTTP status. */
export function networkCode(thrown: unknown): string | undefined {
	for (let error = thrown, depth = 0; isObject(error) && depth < 4; error = error.cause, depth++) {
		const code = [error.code, error.httpCode].find((value) => typeof value === 'string' && /^[A-Z]/.test(value));
		if (typeof code === 'string') return code;
	}
	return undefined;
}

/** @param kind whether an earlier attempt of the request may have succeeded */
export function stoppedError(call: string, kind: FailureKind): VideographError {
	return new VideographError('The execution was canceled', { kind, reason: 'stopped', call });
}

/** @param kind whether an earlier attempt of the request may have succeeded */
export function rateLimitedError(call: string, kind: FailureKind, waitMs: number): VideographError {
	const message = `Videograph is rate limiting requests for ${Math.ceil(waitMs / 1000)} seconds`;
	return new VideographError(message, { kind, reason: 'rateLimitWait', call, retryAfterMs: waitMs });
}

/**
 * The error for a successful response whose data does not match docs/openapi.yaml. The outcome of a create request is
 * unknown then.
 *
 * @param missing what the response lacks
 */
export function unexpectedDataError(call: string, missing: string): VideographError {
	const message = `Videograph returned an unexpected response: ${missing} is missing`;
	return new VideographError(message, { kind: 'outcomeUnknown', reason: 'unexpectedData', call });
}
