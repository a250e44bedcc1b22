import type { INode, NodeApiError as ApiError } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isObject } from '../utils/values';

type Failure = NonNullable<ApiError['failure']>;

/** What an HTTP status proves about the cause (read by n8n 2.39 and newer). */
const CAUSES: Record<number, Failure['cause']> = {
	401: 'credential-invalid',
	429: 'rate-limited',
	502: 'temporarily-unavailable',
	503: 'temporarily-unavailable',
	504: 'temporarily-unavailable',
};

/** What to do about an HTTP status, whichever operation met it. An operation may know better (see Operation.advice). */
const ADVICE: Record<number, string> = {
	401: 'Check the Access Token ID and the Secret Key of the Videograph API credential: both must come from the same access token, and from the environment that holds your live streams.',
	403: 'The access token of the Videograph API credential lacks a right. Give it "Video Read and Write" in the Videograph dashboard, or use a token that has it.',
	404: 'Check the ID: what it names may be deleted, or may belong to another environment than the access token of the Videograph API credential.',
	429: 'Videograph takes no more requests for the moment. Try again in a little while, or lower Concurrency in the options.',
};
const ADVICE_3XX =
	'Check the Base URL of the Videograph API credential: the address answers with a redirect, which is not followed, so that the credential reaches no other host.';
const ADVICE_5XX = 'The failure is on the side of Videograph. Try again in a little while.';
const ADVICE_NOT_JSON =
	'Check the Base URL of the Videograph API credential, and any proxy or firewall before it: what answers there does not look like the Videograph API.';
const ADVICE_OTHER = 'Change what the message names, then run the node again.';

/**
 * The error for an answer that is not a success.
 *
 * @param call the request as "METHOD /path", for the person who looks it up in the API's documentation
 * @param retryAfterMs how long the API asked to wait
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
	// A page that says 403 or 404 is that of another host, which knows nothing of the token or of the ID.
	if (!isJson && httpStatus !== 401 && httpStatus !== 429) return ADVICE_NOT_JSON;
	return ADVICE[httpStatus] ?? ADVICE_OTHER;
}

/** Whether an error advises no more than what its status proves: then an operation may know better. */
export function isGeneralAdvice({ description }: NodeApiError): boolean {
	return [...Object.values(ADVICE), ADVICE_OTHER].some((advice) => description?.startsWith(advice));
}

/** Why there was no answer, by the code of the network error. */
const NETWORK: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'its host name is not known',
	EAI_AGAIN: 'its host name could not be looked up',
	ECONNRESET: 'the connection was cut',
	EPIPE: 'the connection was cut',
	ETIMEDOUT: 'it did not answer in time',
	ECONNABORTED: 'it did not answer in time',
	EHOSTUNREACH: 'the network does not reach its host',
	ENETUNREACH: 'the network does not reach its host',
	ENETDOWN: 'the network is down',
	EADDRNOTAVAIL: 'the network does not reach its host',
	EMSGSIZE: 'its answer was too long',
	ERR_CANCELED: 'the execution was stopped',
};
const ADVICE_NO_RESPONSE = 'Check the Base URL of the Videograph API credential and that this n8n can reach it, then try again.';

/** Why a host was not trusted, so that nothing was sent to it, by the code of the network error. */
const CERTIFICATE: Record<string, string> = {
	CERT_HAS_EXPIRED: 'its certificate has expired',
	CERT_NOT_YET_VALID: 'its certificate is not valid yet',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is that of another host',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
	UNABLE_TO_GET_ISSUER_CERT: 'its certificate is not trusted',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
};
const ADVICE_CERTIFICATE =
	'Check the Base URL of the Videograph API credential, and the clock of this n8n. Where a proxy stands between that has a certificate of its own, let n8n trust it: name the file of its certificate authority in the environment variable NODE_EXTRA_CA_CERTS.';

/** Whether a network error says that the host was not trusted. */
export function isCertificateCode(code: string): boolean {
	return Object.hasOwn(CERTIFICATE, code);
}

/**
 * The error for a request that got no answer. It is built anew from the network's error code or n8n's message alone:
 * the original error carries the whole request with its Authorization header.
 *
 * @param thrown what n8n's request helper threw
 */
export function noResponseError(node: INode, call: string, thrown: unknown): NodeApiError {
	const message = `No answer from Videograph: ${networkReason(thrown)}`;
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

/** Why a request got no answer, in words: nothing else of what n8n's request helper threw is safe to show. */
export function networkReason(thrown: unknown): string {
	const code = networkCode(thrown);
	if (code) return NETWORK[code] ?? CERTIFICATE[code] ?? code;
	return thrown instanceof Error ? thrown.message.slice(0, 200) : 'unknown';
}

/**
 * The network's error code, wherever n8n's helper of this version keeps it: somewhere in the chain of causes, or, in
 * older ones, in the place of the HTTP status.
 */
export function networkCode(thrown: unknown): string | undefined {
	for (let error = thrown, depth = 0; isObject(error) && depth < 4; error = error.cause, depth++) {
		const code = [error.code, error.httpCode].find((one) => typeof one === 'string' && /^[A-Z]/.test(one));
		if (typeof code === 'string') return code;
	}
	return undefined;
}

/** The error for a request that was not sent, because the execution was stopped before. */
export function stoppedError(node: INode, call: string): NodeApiError {
	const message = 'The execution was canceled';
	return new NodeApiError(node, { message }, { message, description: `It was stopped before ${call} was sent.` });
}

/** The error for a request that was not sent, because the API has asked for a longer pause than may be kept. */
export function rateLimitedError(node: INode, call: string, pauseMs: number): NodeApiError {
	const message = `Videograph takes no more requests for ${Math.ceil(pauseMs / 1000)} seconds`;
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description: `It has asked for a pause that is longer than Longest Pause, so ${call} was not sent. Run the node again after that time. Where it has the option Longest Pause, a longer one makes it wait.`,
			failure: { cause: 'rate-limited', retryAfterMs: pauseMs },
		},
	);
}

/** The error for a success whose data is not what docs/openapi.yaml describes. */
export function unexpectedResponseError(node: INode, call: string, expected: string): NodeApiError {
	const message = `Videograph answered with something unexpected: ${expected} is missing`;
	return new NodeApiError(
		node,
		{ message },
		{ message, description: `The API may have changed. Please report this to the package's authors. (${call})` },
	);
}
