import { pause } from '../shared/pause';
import { isObject } from '../shared/values';

/** What of a readable stream is needed here. */
interface ByteStream extends AsyncIterable<unknown> {
	setEncoding(encoding: 'utf8'): unknown;
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
		body.setEncoding('utf8');
		const pieces: string[] = [];
		let length = 0;
		for await (const piece of body) {
			pieces.push(String(piece));
			length += String(piece).length;
			// Leaving the loop closes the connection.
			if (length > longest) throw networkError('EMSGSIZE');
		}
		return pieces.join('');
	} finally {
		done.abort();
		stop?.removeEventListener('abort', cancel);
	}
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
