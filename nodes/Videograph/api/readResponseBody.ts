import { joinBytes } from '../utils/bytes';
import { delay } from '../utils/delay';
import { isObject } from '../utils/values';

/** The part of a readable stream that is used here. */
export interface ByteStream extends AsyncIterable<unknown> {
	setEncoding(encoding: 'utf8'): unknown;
	on(event: 'data' | 'end' | 'error' | 'close', listener: (value: unknown) => void): unknown;
	destroy(error?: Error): unknown;
}

export interface BodyLimits {
	/** In UTF-16 code units, after decompression. */
	maxLength: number;
	/** Timeout in milliseconds, from the start of the body. */
	maxMs: number;
	/** Aborts when the execution is stopped. */
	signal: AbortSignal | undefined;
}

/**
 * Reads a response body as text. n8n's request helper has no size limit, and its timeout ends with the first byte.
 *
 * @param body a stream; anything else is returned unchanged
 * @throws {Error} with the code of a network error if the body is truncated, too large or too slow
 */
export async function readResponseBody(body: unknown, { maxLength, maxMs, signal }: BodyLimits): Promise<unknown> {
	if (!isByteStream(body)) return body;
	const done = new AbortController();
	const cancel = () => body.destroy(networkError('ERR_CANCELED'));
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	void delay(maxMs, done.signal).then((isLate) => isLate && body.destroy(networkError('ETIMEDOUT')));
	try {
		return await readText(body, maxLength);
	} finally {
		done.abort();
		signal?.removeEventListener('abort', cancel);
	}
}

export interface BytesLimits {
	/** In bytes. */
	maxBytes: number;
	/** The longest pause between two chunks, in milliseconds. */
	maxIdleMs: number;
	/** Aborts when the execution is stopped. */
	signal: AbortSignal | undefined;
}

/**
 * Reads a response body in chunks. It may take any time, as long as data arrives.
 *
 * @throws {Error} with the code of a network error if the body is truncated, too large or too slow
 */
export async function* readChunks(body: ByteStream, limits: BytesLimits): AsyncGenerator<Uint8Array, void> {
	const { maxBytes, maxIdleMs, signal } = limits;
	const done = new AbortController();
	const cancel = () => body.destroy(networkError('ERR_CANCELED'));
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	let size = 0;
	const watchIdle = async () => {
		for (let before = -1; before < size;) {
			before = size;
			if (!(await delay(maxIdleMs, done.signal))) return;
		}
		body.destroy(networkError('ETIMEDOUT'));
	};
	void watchIdle();
	try {
		for await (const chunk of body) {
			if (!(chunk instanceof Uint8Array)) throw networkError('ECONNRESET');
			size += chunk.length;
			if (size > maxBytes) throw networkError('EMSGSIZE');
			yield chunk;
		}
	} finally {
		done.abort();
		signal?.removeEventListener('abort', cancel);
	}
}

/** Reads a response body like `readChunks`, and returns all of it. */
export async function readResponseBytes(body: ByteStream, limits: BytesLimits): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of readChunks(body, limits)) chunks.push(chunk);
	return joinBytes(chunks);
}

/** Uses events, which are faster than async iteration. */
async function readText(body: ByteStream, maxLength: number): Promise<string> {
	const chunks: string[] = [];
	let length = 0;
	return await new Promise((resolve, reject) => {
		body.setEncoding('utf8');
		body.on('data', (chunk) => {
			chunks.push(String(chunk));
			length += String(chunk).length;
			if (length > maxLength) body.destroy(networkError('EMSGSIZE'));
		});
		body.on('end', () => resolve(chunks.join('')));
		body.on('error', reject);
		// Has no effect after `end` or `error`. On its own it means that the connection was interrupted.
		body.on('close', () => reject(networkError('ECONNRESET')));
	});
}

/** Parses JSON; any other text is returned unchanged. */
export function parseJsonBody(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body.replace(/^\uFEFF/, ''));
	} catch {
		return body;
	}
}

export function isByteStream(body: unknown): body is ByteStream {
	return isObject(body) && typeof body.setEncoding === 'function' && typeof body.destroy === 'function';
}

function networkError(code: string): Error {
	return Object.assign(new Error(code), { code });
}
