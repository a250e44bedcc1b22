import type { INode, NodeApiError as ApiError } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isObject } from '../utils/values';

type Failure = NonNullable<ApiError['failure']>;

/** Causes by HTTP status (read by n8n 2.39 and newer). */
const CAUSES: Record<number, Failure['cause']> = {
	401: 'credential-invalid',
	429: 'rate-limited',
	502: 'temporarily-unavailable',
	503: 'temporarily-unavailable',
	504: 'temporarily-unavailable',
};

/** General advice by HTTP status. An operation may have more specific advice (see Operation.advice). */
const ADVICE: Record<number, string> = {
	401: 'Check the Access Token ID and the Secret Key of the Videograph API credential: both must belong to the same access token, and to the environment of your live streams.',
	403: 'The access token of the Videograph API credential lacks a permission. Grant it "Video Read and Write" in the Videograph dashboard, or use a token that has it.',
	404: 'Check the ID: the resource may be deleted, or belong to another environment than the access token of the Videograph API credential.',
	429: 'Videograph is rate limiting requests. Try again later, or lower Concurrency in the options.',
};
const ADVICE_3XX =
	'Check the Base URL of the Videograph API credential: it responds with a redirect. Redirects are not followed, so that the credentials are sent to no other host.';
const ADVICE_5XX = 'The failure is on the side of Videograph. Try again later.';
const ADVICE_NOT_JSON =
	'Check the Base URL of the Videograph API credential, and any proxy or firewall in between: the response does not seem to come from the Videograph API.';
const ADVICE_OTHER = 'Fix the problem that the message describes, then run the node again.';

/**
 * The error for an unsuccessful response.
 *
 * @param call the request as "METHOD /path", as the API's documentation lists it
 * @param retryAfterMs from Retry-After
 */
export function responseError(
	node: INode,
	call: string,
	httpStatus: number,
	message: string,
	isJson: boolean,
	retryAfterMs?: number,
): NodeApiError {
	const cause = CAUSES[httpStatus];
	const failure = cause && ({ cause, ...(retryAfterMs !== undefined && { retryAfterMs }) } as Failure);
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description: `${adviceForStatus(httpStatus, isJson)} (HTTP ${httpStatus} to ${call})`,
			httpCode: String(httpStatus),
			failure,
		},
	);
}

function adviceForStatus(httpStatus: number, isJson: boolean): string {
	if (httpStatus >= 300 && httpStatus < 400) return ADVICE_3XX;
	if (httpStatus >= 500) return ADVICE_5XX;
	// An HTML page with 403 or 404 comes from another host, which has not checked the token or the ID.
	if (!isJson && httpStatus !== 401 && httpStatus !== 429) return ADVICE_NOT_JSON;
	return ADVICE[httpStatus] ?? ADVICE_OTHER;
}

/** Whether the advice of an error is general, so that the operation's advice is better. */
export function isGeneralAdvice({ description }: NodeApiError): boolean {
	return [...Object.values(ADVICE), ADVICE_OTHER].some((advice) => description?.startsWith(advice));
}

/** Reasons for a missing response, by network error code. */
const NETWORK: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'the host name is unknown',
	EAI_AGAIN: 'the host name could not be resolved',
	ECONNRESET: 'the connection was interrupted',
	EPIPE: 'the connection was interrupted',
	ETIMEDOUT: 'the request timed out',
	ECONNABORTED: 'the request timed out',
	EHOSTUNREACH: 'the host is unreachable',
	ENETUNREACH: 'the host is unreachable',
	ENETDOWN: 'the network is down',
	EADDRNOTAVAIL: 'the host is unreachable',
	EMSGSIZE: 'the response was too large',
	ERR_CANCELED: 'the execution was stopped',
};
const ADVICE_NO_RESPONSE = 'Check the Base URL of the Videograph API credential and that n8n can reach it, then try again.';

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
const ADVICE_CERTIFICATE =
	'Check the Base URL of the Videograph API credential, and the clock of the n8n server. If a proxy uses a certificate of its own, set the environment variable NODE_EXTRA_CA_CERTS to the file of its certificate authority.';

/** Whether a network error code means that the certificate of the host is not trusted. */
export function isCertificateCode(code: string): boolean {
	return Object.hasOwn(CERTIFICATE, code);
}

/**
 * The error for a request without a response. It contains only the network error code or the message: the original error
 * contains the whole request with its Authorization header.
 *
 * @param thrown what n8n's request helper threw
 */
export function noResponseError(node: INode, call: string, thrown: unknown): NodeApiError {
	const message = `No response from Videograph: ${networkReason(thrown)}`;
	const isUntrusted = isCertificateCode(networkCode(thrown) ?? '');
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description: `${isUntrusted ? ADVICE_CERTIFICATE : ADVICE_NO_RESPONSE} (${call})`,
			failure: isUntrusted ? undefined : { cause: 'temporarily-unavailable' },
		},
	);
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
		const code = [error.code, error.httpCode].find((candidate) => typeof candidate === 'string' && /^[A-Z]/.test(candidate));
		if (typeof code === 'string') return code;
	}
	return undefined;
}

/** The error for a request that was not sent because the execution was stopped. */
export function stoppedError(node: INode, call: string): NodeApiError {
	const message = 'The execution was canceled';
	return new NodeApiError(node, { message }, { message, description: `It was stopped before ${call} was sent.` });
}

/** The error for a request that was not sent because the rate limit lasts longer than the node may wait. */
export function rateLimitedError(node: INode, call: string, waitMs: number): NodeApiError {
	const message = `Videograph is rate limiting requests for ${Math.ceil(waitMs / 1000)} seconds`;
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description: `Raise Max Rate Limit Wait, or run the node again after that time. (${call} was not sent)`,
			failure: { cause: 'rate-limited', retryAfterMs: waitMs },
		},
	);
}

/** The error for a successful response whose data does not match docs/openapi.yaml. */
export function unexpectedResponseError(node: INode, call: string, expected: string): NodeApiError {
	const message = `Videograph returned an unexpected response: ${expected} is missing`;
	return new NodeApiError(
		node,
		{ message },
		{ message, description: `The API may have changed. Please report this to the authors of the package. (${call})` },
	);
}
