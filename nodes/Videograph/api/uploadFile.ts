import type { IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { networkCode, networkReason, unexpectedResponseError } from './errors';
import { classifyNetworkError } from './retryPolicy';

/** A file as it is sent. */
export interface UploadBody {
	/** A stream, or a Buffer. */
	body: object;
	/** In bytes: exactly what the body gives. */
	size: number;
	mimeType: string;
}

/** Sends a file without authentication, and follows no redirect. */
export type SendUpload = (url: string, file: UploadBody) => Promise<IN8nHttpFullResponse>;

/** Of an answer that is no success, this much is shown, in characters. */
const MAX_REASON_LENGTH = 200;

/** What to do about the status of the answer to an upload. */
const ADVICE: Record<number, string> = {
	403: 'The storage refuses the upload address, which is good for a short time and for one file. Run the node again: it asks for a new address.',
	413: 'The file is larger than the storage takes. Make it smaller, or let Videograph fetch it from a public URL with Video: Create From URL.',
};
const ADVICE_3XX =
	'The upload address answers with a redirect, which is not followed: the file would have to be sent again. Run the node again; where that does not help, tell Videograph.';
const ADVICE_5XX = 'The failure is on the side of the storage. Run the node again: the file is uploaded anew.';
const ADVICE_OUTCOME_UNKNOWN = 'The file may have arrived all the same: look for its video in Videograph first.';
const ADVICE_OTHER = 'Run the node again: it asks for a new upload address. Where that does not help, upload the file in the Videograph dashboard.';
const ADVICE_NO_RESPONSE = 'Check that this n8n can reach that host, and its proxy. Then run the node again: the file is uploaded anew.';

/**
 * Uploads a file to the address that Videograph has named for it. It is sent once.
 *
 * @throws {NodeApiError} where the storage refuses, fails or does not answer. What is after the host in the address is
 * in no error: whoever has it can upload
 */
export async function putFile(node: INode, send: SendUpload, url: string, file: UploadBody): Promise<void> {
	// An address with a login in it would send that login.
	const [origin] = /^https?:\/\/[^/\s?#@\\]+(?=[/?#]|$)/i.exec(url) ?? [];
	if (origin === undefined) throw unexpectedResponseError(node, 'POST /uploads', 'an upload address with http or https');

	let answer: IN8nHttpFullResponse;
	try {
		answer = await send(url, file);
	} catch (thrown) {
		const isUnclear = classifyNetworkError(networkCode(thrown)) === 'outcomeUnknown';
		const advice = isUnclear ? `${ADVICE_OUTCOME_UNKNOWN} ${ADVICE_NO_RESPONSE}` : ADVICE_NO_RESPONSE;
		throw uploadError(node, `The file was not uploaded: ${networkReason(thrown)}`, `${advice} (PUT ${origin})`);
	}
	const { statusCode, body } = answer;
	if (statusCode >= 200 && statusCode < 300) return;
	const words = redact(readReason(body), url);
	throw uploadError(
		node,
		`The file was not uploaded: HTTP ${statusCode}${words && `, ${words}`}`,
		`${adviceForStatus(statusCode)} (HTTP ${statusCode} to PUT ${origin})`,
		statusCode,
	);
}

function uploadError(node: INode, message: string, description: string, httpStatus?: number): NodeApiError {
	const passes = httpStatus === undefined || [502, 503, 504].includes(httpStatus);
	return new NodeApiError(
		node,
		{ message },
		{
			message,
			description,
			httpCode: httpStatus === undefined ? undefined : String(httpStatus),
			failure: passes ? { cause: 'temporarily-unavailable' } : undefined,
		},
	);
}

function adviceForStatus(httpStatus: number): string {
	if (httpStatus >= 300 && httpStatus < 400) return ADVICE_3XX;
	return ADVICE[httpStatus] ?? (httpStatus >= 500 ? `${ADVICE_OUTCOME_UNKNOWN} ${ADVICE_5XX}` : ADVICE_OTHER);
}

/** Storages answer in XML, whose other elements may hold the signature; others in JSON, in HTML or in plain text. */
function readReason(body: unknown): string {
	const text = typeof body === 'string' ? body : '';
	const told = /<Message>([^<]*)<\/Message>/i.exec(text)?.[1] ?? /"message"\s*:\s*"([^"]*)"/i.exec(text)?.[1];
	if (told !== undefined) return told.trim().slice(0, MAX_REASON_LENGTH);
	if (/^\s*<\?xml/i.test(text)) return '';
	return text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim().slice(0, MAX_REASON_LENGTH);
}

/** Takes out what of the signed address an answer may repeat. */
function redact(text: string, url: string): string {
	const query = url.slice(url.indexOf('?') + 1 || url.length);
	const values = query.split(/[&=]/).flatMap((value) => [value, decodeOrSame(value)]);
	return [query, ...values.filter((value) => value.length >= 8)].reduce(
		(left, secret) => (secret === '' ? left : left.replaceAll(secret, '…')),
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
