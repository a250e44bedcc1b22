import { classifyNetworkError, mediaError, networkCode, networkReason, stoppedError, VideographError } from './errors';
import type { RetryOptions } from './httpClient';
import { readResponseBytes } from './readResponseBody';
import { classifyResponse, parseRetryAfter, retryDelay } from './retryPolicy';
import type { OpenedFile, OpenFile } from './transport';
import { withoutQuery } from './urls';

/** Thrown by `decode`. The message completes "could not be downloaded: …". */
export class DamagedFileError extends Error {}

/** A part of a file, in bytes. */
export interface ByteRange {
	start: number;
	length: number;
}

export interface MediaRequest {
	url: string;
	range?: ByteRange;
	/** Begins an error message: "Segment 3 of 10". */
	name: string;
	/** In bytes. */
	maxBytes: number;
	/**
	 * Decodes the bytes, such as those of an encrypted file.
	 *
	 * @throws {DamagedFileError} if they cannot be all of the file; then it is requested again
	 */
	decode?: (bytes: Uint8Array) => Uint8Array;
}

/** A file that was read. */
export interface MediaFile {
	bytes: Uint8Array;
	/** After redirects. */
	url: string;
	/** The class of its stream: n8n's Readable. */
	streamClass: unknown;
}

const MAX_IDLE_MS = 30_000;

/** Reads the files of videos from their CDN, without the credentials. Requests are retried like reads of the API. */
export class MediaFiles {
	constructor(
		private readonly openFile: OpenFile,
		private readonly signal: AbortSignal | undefined,
		private readonly retry: RetryOptions,
	) {}

	/**
	 * Reads a whole file, or a range of it.
	 *
	 * @throws {VideographError} if the host rejects the request, does not respond, or never sends the complete file
	 */
	async read(request: MediaRequest): Promise<MediaFile> {
		const { maxBytes, range, decode } = request;
		return await this.retried(request, async (opened) => {
			const limits = { maxBytes: range ? Infinity : maxBytes, maxIdleMs: MAX_IDLE_MS, signal: this.signal };
			const whole = await readResponseBytes(opened.body, limits);
			// A host without support for ranges sends the whole file.
			const bytes = range && opened.status === 200 ? whole.subarray(range.start, range.start + range.length) : whole;
			const expected = range?.length ?? toLength(opened.headers['content-length']);
			if (expected !== undefined && bytes.length < expected) {
				throw new DamagedFileError('it is shorter than announced');
			}
			return { bytes: decode ? decode(bytes) : bytes, url: opened.url, streamClass: opened.body.constructor };
		});
	}

	/** Opens a file, for bodies that are too large to read at once. @throws {VideographError} like `read` */
	async open(request: Pick<MediaRequest, 'url' | 'name' | 'range'>): Promise<OpenedFile> {
		return await this.retried(request, async (opened) => await Promise.resolve(opened));
	}

	private async retried<T>(
		{ url, name, range }: Pick<MediaRequest, 'url' | 'name' | 'range'>,
		use: (opened: OpenedFile) => Promise<T>,
	): Promise<T> {
		const call = `GET ${withoutQuery(url)}`;
		const rangeHeader = range && `bytes=${range.start}-${range.start + range.length - 1}`;
		for (let attempt = 1; ; attempt++) {
			let failure: VideographError;
			try {
				const opened = await this.openFile(url, rangeHeader);
				if (opened.status === 200 || opened.status === 206) return await use(opened);
				opened.body.destroy();
				failure = statusError(name, call, opened);
			} catch (thrown) {
				failure = networkError(name, call, thrown);
			}
			const { kind, retryAfterMs } = failure.details;
			const { maxRateLimitWaitMs: maxRetryAfterMs } = this.retry;
			const delayMs = retryDelay({ kind, attempt, idempotent: true, retryAfterMs, maxRetryAfterMs });
			if (this.signal?.aborted) throw stoppedError(call, 'notSent');
			if (delayMs === undefined || !(await this.retry.delay(delayMs))) throw failure;
		}
	}
}

function statusError(name: string, call: string, { status, headers }: OpenedFile): VideographError {
	return new VideographError(`${name} could not be downloaded: HTTP ${status}`, {
		// A body that is not JSON is the rule here.
		kind: classifyResponse(status, {}),
		reason: 'mediaStatus',
		call,
		status,
		retryAfterMs: parseRetryAfter(headers['retry-after'], headers.date, Date.now()),
	});
}

function networkError(name: string, call: string, thrown: unknown): VideographError {
	if (thrown instanceof VideographError) return thrown;
	const code = networkCode(thrown);
	if (code === 'EMSGSIZE') return mediaError('unsupportedMedia', call, `${name} is larger than the limit`);
	const isDamaged = thrown instanceof DamagedFileError;
	const reason = isDamaged ? thrown.message : networkReason(thrown);
	const kind = isDamaged ? 'outcomeUnknown' : classifyNetworkError(code);
	return new VideographError(`${name} could not be downloaded: ${reason}`, { kind, reason: 'mediaNetwork', call });
}

function toLength(header: unknown): number | undefined {
	return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}
