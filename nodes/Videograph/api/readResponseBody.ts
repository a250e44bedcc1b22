import { delay } from '../utils/delay';
import { isObject } from '../utils/values';

/** What of a readable stream is needed here. */
interface ByteStream {
	setEncoding(encoding: 'utf8'): unknown;
	on(event: 'data' | 'end' | 'error' | 'close', listener: (value: unknown) => void): unknown;
	destroy(error: Error): unknown;
}

/** How much of an answer is read, and for how long. */
export interface BodyLimits {
	/** In UTF-16 code units, once it is unpacked. */
	maxLength: number;
	/** In milliseconds, from the moment when the answer began. */
	maxMs: number;
	/** Ends the reading when the execution is stopped. */
	signal: AbortSignal | undefined;
}

/**
 * Reads the body of an answer as text. n8n's request helper would take any length into memory, and its time limit ends
 * with the first byte: a body that trickles would be read for ever.
 *
 * @param body a stream; anything else is given back, as it has been read already
 * @throws {Error} with the code of a network error, where the body is cut, too long or too late
 */
export async function readResponseBody(body: unknown, { maxLength, maxMs, signal }: BodyLimits): Promise<unknown> {
	if (!isByteStream(body)) return body;
	const done = new AbortController();
	const cancel = () => body.destroy(networkError('ERR_CANCELED'));
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	void delay(maxMs, done.signal).then((isLate) => isLate && body.destroy(networkError('ETIMEDOUT')));
	try {
		return await textOf(body, maxLength);
	} finally {
		done.abort();
		signal?.removeEventListener('abort', cancel);
	}
}

/** By its events, which costs less than to iterate over it. */
async function textOf(body: ByteStream, longest: number): Promise<string> {
	const pieces: string[] = [];
	let length = 0;
	return await new Promise((resolve, reject) => {
		body.setEncoding('utf8');
		body.on('data', (piece) => {
			pieces.push(String(piece));
			length += String(piece).length;
			if (length > longest) body.destroy(networkError('EMSGSIZE'));
		});
		body.on('end', () => resolve(pieces.join('')));
		body.on('error', reject);
		// Where neither came before, the connection was cut.
		body.on('close', () => reject(networkError('ECONNRESET')));
	});
}

/** JSON as what it holds; any other text stays text. */
export function parseJsonBody(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body.replace(/^\uFEFF/, ''));
	} catch {
		return body;
	}
}

function isByteStream(body: unknown): body is ByteStream {
	return isObject(body) && typeof body.setEncoding === 'function' && typeof body.destroy === 'function';
}

function networkError(code: string): Error {
	return Object.assign(new Error(code), { code });
}
