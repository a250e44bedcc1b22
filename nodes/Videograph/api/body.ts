import { pause } from '../shared/pause';
import { isObject } from '../shared/values';

/** What of a readable stream is needed here. */
interface ByteStream {
	setEncoding(encoding: 'utf8'): unknown;
	on(event: 'data' | 'end' | 'error' | 'close', listener: (value: unknown) => void): unknown;
	destroy(error: Error): unknown;
}

/** How much of an answer is read, and for how long. */
export interface Bounds {
	/** In UTF-16 code units, once it is unpacked. */
	longest: number;
	/** In milliseconds, from the moment when the answer began. */
	mostMs: number;
	/** Ends the reading when the execution is stopped. */
	stop: AbortSignal | undefined;
}

/**
 * Reads the body of an answer as text. n8n's request helper would take any length into memory, and its time limit ends
 * with the first byte: a body that trickles would be read for ever.
 *
 * @param body a stream; anything else is given back, as it has been read already
 * @throws {Error} with the code of a network error, where the body is cut, too long or too late
 */
export async function readBody(body: unknown, { longest, mostMs, stop }: Bounds): Promise<unknown> {
	if (!isByteStream(body)) return body;
	const done = new AbortController();
	const cancel = () => body.destroy(networkError('ERR_CANCELED'));
	if (stop?.aborted) cancel();
	stop?.addEventListener('abort', cancel, { once: true });
	void pause(mostMs, done.signal).then((isLate) => isLate && body.destroy(networkError('ETIMEDOUT')));
	try {
		return await textOf(body, longest);
	} finally {
		done.abort();
		stop?.removeEventListener('abort', cancel);
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
export function parsedBody(body: unknown): unknown {
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
