import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { classifyNetworkError, networkCode, networkReason, unexpectedDataError, VideographError } from './errors';

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

/**
 * Uploads a file to its signed upload URL. There are no retries.
 *
 * @throws {VideographError} if the storage rejects it, fails or does not respond. The error contains only the host of
 * the URL: the rest is a secret
 */
export async function uploadFile(send: SendUpload, url: string, file: UploadBody): Promise<void> {
	// A URL with user info would send it.
	const [origin] = /^https?:\/\/[^/\s?#@\\]+(?=[/?#]|$)/i.exec(url) ?? [];
	if (origin === undefined) throw unexpectedDataError('POST /uploads', 'an upload URL with http or https');

	const call = `PUT ${origin}`;
	const response = await send(url, file).catch((thrown: unknown) => {
		const kind = classifyNetworkError(networkCode(thrown));
		const message = `The file was not uploaded: ${networkReason(thrown)}`;
		throw new VideographError(message, { kind, reason: 'uploadNetwork', call });
	});
	const { statusCode: status, body } = response;
	if (status >= 200 && status < 300) return;
	const kind = status >= 500 ? 'outcomeUnknown' : 'rejected';
	const reason = redact(readReason(body), url);
	const message = `The file was not uploaded: HTTP ${status}${reason && `, ${reason}`}`;
	throw new VideographError(message, { kind, reason: 'uploadStatus', call, status });
}

/** The storage's message. Other elements of an XML response may contain the signature. */
function readReason(body: unknown): string {
	const text = typeof body === 'string' ? body : '';
	const message = /<Message>([^<]*)<\/Message>/i.exec(text)?.[1] ?? /"message"\s*:\s*"([^"]*)"/i.exec(text)?.[1];
	if (message !== undefined) return message.trim().slice(0, MAX_REASON_LENGTH);
	if (/^\s*<\?xml/i.test(text)) return '';
	return text
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, MAX_REASON_LENGTH);
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
