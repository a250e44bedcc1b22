import type { IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { networkCode, networkReason, unexpectedResponseError } from './errors';
import { classifyNetworkError } from './retryPolicy';

/** The body of an upload. */
export interface UploadBody {
	/** A stream, or a Buffer. */
	body: object;
	/** Exact size of the body in bytes. */
	size: number;
	mimeType: string;
}

/** Sends a file without the credentials. Redirects are not followed. */
export type SendUpload = (url: string, file: UploadBody) => Promise<IN8nHttpFullResponse>;

/** Maximum length of the storage's message in an error. */
const MAX_REASON_LENGTH = 200;

/** Advice by HTTP status of the storage. */
const ADVICE: Record<number, string> = {
	403: 'The storage rejected the upload URL, which is valid for a short time and for one file only. Run the node again to request a new upload URL.',
	413: 'The file is larger than the storage accepts. Make it smaller, or let Videograph fetch it from a public URL with Video: Create From URL.',
};
const ADVICE_3XX =
	'The upload URL responds with a redirect, which is not followed because the file would have to be sent again. Run the node again. If that does not help, contact Videograph.';
const ADVICE_5XX = 'The failure is on the side of the storage. Run the node again to upload the file again.';
const ADVICE_OUTCOME_UNKNOWN = 'The file may have arrived: check for its video in Videograph first.';
const ADVICE_OTHER = 'Run the node again to request a new upload URL. If that does not help, upload the file in the Videograph dashboard.';
const ADVICE_NO_RESPONSE = 'Check that n8n and its proxy can reach that host. Then run the node again to upload the file again.';

/**
 * Uploads a file to its signed upload URL. There are no retries.
 *
 * @throws {NodeApiError} if the storage rejects it, fails or does not respond. The error contains only the host of the
 * URL: the rest is a secret
 */
export async function putFile(node: INode, send: SendUpload, url: string, file: UploadBody): Promise<void> {
	// A URL with user info would send it.
	const [origin] = /^https?:\/\/[^/\s?#@\\]+(?=[/?#]|$)/i.exec(url) ?? [];
	if (origin === undefined) throw unexpectedResponseError(node, 'POST /uploads', 'an upload URL with http or https');

	let response: IN8nHttpFullResponse;
	try {
		response = await send(url, file);
	} catch (thrown) {
		const isOutcomeUnknown = classifyNetworkError(networkCode(thrown)) === 'outcomeUnknown';
		const advice = isOutcomeUnknown ? `${ADVICE_OUTCOME_UNKNOWN} ${ADVICE_NO_RESPONSE}` : ADVICE_NO_RESPONSE;
		throw uploadError(node, `The file was not uploaded: ${networkReason(thrown)}`, `${advice} (PUT ${origin})`);
	}
	const { statusCode, body } = response;
	if (statusCode >= 200 && statusCode < 300) return;
	const reason = redact(readReason(body), url);
	throw uploadError(
		node,
		`The file was not uploaded: HTTP ${statusCode}${reason && `, ${reason}`}`,
		`${adviceForStatus(statusCode)} (HTTP ${statusCode} to PUT ${origin})`,
		statusCode,
	);
}

function uploadError(node: INode, message: string, description: string, httpStatus?: number): NodeApiError {
	const isTemporary = httpStatus === undefined || [502, 503, 504].includes(httpStatus);
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description,
			httpCode: httpStatus === undefined ? undefined : String(httpStatus),
			failure: isTemporary ? { cause: 'temporarily-unavailable' } : undefined,
		},
	);
}

function adviceForStatus(httpStatus: number): string {
	if (httpStatus >= 300 && httpStatus < 400) return ADVICE_3XX;
	return ADVICE[httpStatus] ?? (httpStatus >= 500 ? `${ADVICE_OUTCOME_UNKNOWN} ${ADVICE_5XX}` : ADVICE_OTHER);
}

/** The storage's message. Other elements of an XML response may contain the signature. */
function readReason(body: unknown): string {
	const text = typeof body === 'string' ? body : '';
	const message = /<Message>([^<]*)<\/Message>/i.exec(text)?.[1] ?? /"message"\s*:\s*"([^"]*)"/i.exec(text)?.[1];
	if (message !== undefined) return message.trim().slice(0, MAX_REASON_LENGTH);
	if (/^\s*<\?xml/i.test(text)) return '';
	return text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim().slice(0, MAX_REASON_LENGTH);
}

/** Removes parts of the signed URL that a response may repeat. */
function redact(text: string, url: string): string {
	const query = url.slice(url.indexOf('?') + 1 || url.length);
	const values = query.split(/[&=]/).flatMap((value) => [value, decodeOrSame(value)]);
	return [query, ...values.filter((value) => value.length >= 8)].reduce(
		(redacted, secret) => (secret === '' ? redacted : redacted.replaceAll(secret, '…')),
		text,
	);
}

function decodeOrSame(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
