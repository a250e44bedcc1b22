import { classifyNetworkError, mediaError, networkCode, networkReason, stoppedError, VideographError } from './errors';
import type { RetryOptions } from './httpClient';
import { readChunks, readResponseBytes } from './readResponseBody';
import { classifyResponse, parseRetryAfter, retryDelay } from './retryPolicy';
import type { OpenedFile, OpenFile } from './transport';
import { withoutQuery } from './urls';

/** Thrown by `decode`. The message completes "could not be downloaded: …". */
export class DamagedFileError extends Error {}

/** A part of a file, in bytes. */
export interface ByteRange {
	start: number;
	/** Infinity: all of the rest. */
	length: number;
}

export interface MediaRequest {
	url: string;
	range?: ByteRange;
	/** Begins an error message: "Segment 3 of 10". */
	name: string;
	/** Whether a 404 is retried: a CDN may not have a new file yet. */
	mayAppear?: boolean;
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

/** A file of which the chunks were not read yet. */
export interface OpenMediaFile extends Pick<MediaFile, 'streamClass'> {
	chunks: AsyncGenerator<Uint8Array, void>;
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
			const isPart = range !== undefined && opened.status === 206;
			const whole = await readResponseBytes(opened.body, {
				maxBytes: isPart ? Math.min(range.length, maxBytes) : maxBytes,
				maxIdleMs: MAX_IDLE_MS,
				signal: this.signal,
			});
			// A host without support for ranges sends the whole file.
			const bytes = range && opened.status === 200 ? whole.subarray(range.start, range.start + range.length) : whole;
			const expected = range?.length ?? toLength(opened.headers['content-length']);
			if (expected !== undefined && bytes.length < expected) {
				throw new DamagedFileError('it is shorter than announced');
			}
			return { bytes: decode ? decode(bytes) : bytes, url: opened.url, streamClass: opened.body.constructor };
		});
	}

	/**
	 * Opens a file that may be too large for memory. If the connection is interrupted, it continues where it was.
	 *
	 * @throws {VideographError} like `read`; the chunks too
	 */
	async open(request: Pick<MediaRequest, 'url' | 'name'>): Promise<OpenMediaFile> {
		const opened = await this.retried(request, async (file) => await Promise.resolve(file));
		return { streamClass: opened.body.constructor, chunks: this.chunks(request, opened) };
	}

	private async *chunks(
		request: Pick<MediaRequest, 'url' | 'name'>,
		first: OpenedFile,
	): AsyncGenerator<Uint8Array, void> {
		const length = toLength(first.headers['content-length']);
		let position = 0;
		let body = first.body;
		for (let failures = 0; ;) {
			const limits = { maxBytes: Infinity, maxIdleMs: MAX_IDLE_MS, signal: this.signal };
			let failure: VideographError | undefined;
			const reading = readChunks(body, limits);
			try {
				for (;;) {
					const next = await reading.next().catch((thrown: unknown) => {
						failure = networkError(request.name, callOf(request), thrown);
					});
					if (next?.done !== false) break;
					position += next.value.length;
					failures = 0;
					yield next.value;
				}
			} finally {
				// Closes the connection if the rest is not read.
				await reading.return();
			}
			if (length !== undefined && position < length) {
				failure ??= networkError(request.name, callOf(request), new DamagedFileError('it is shorter than announced'));
			}
			if (!failure) return;
			await this.waitBeforeRetry(callOf(request), failure, ++failures);
			const range = { start: position, length: Infinity };
			const rest = await this.retried({ ...request, range }, async (file) => await Promise.resolve(file));
			// A host without support for ranges would send the whole file again.
			if (rest.status !== 206) throw failure;
			body = rest.body;
		}
	}

	private async retried<T>(
		request: Pick<MediaRequest, 'url' | 'name' | 'range' | 'mayAppear'>,
		use: (opened: OpenedFile) => Promise<T>,
	): Promise<T> {
		const { url, range } = request;
		const call = callOf(request);
		const end = range && (range.length === Infinity ? '' : range.start + range.length - 1);
		const rangeHeader = range && `bytes=${range.start}-${end}`;
		for (let attempt = 1; ; attempt++) {
			let failure: VideographError;
			try {
				const opened = await this.openFile(url, rangeHeader);
				if (opened.status === 200 || opened.status === 206) return await use(opened);
				opened.body.destroy();
				failure = statusError(request, opened);
			} catch (thrown) {
				failure = networkError(request.name, call, thrown);
			}
			await this.waitBeforeRetry(call, failure, attempt);
		}
	}

	/** @throws {VideographError} the failure if there is no further attempt */
	private async waitBeforeRetry(call: string, failure: VideographError, attempt: number): Promise<void> {
		const { kind, retryAfterMs } = failure.details;
		const { maxRateLimitWaitMs: maxRetryAfterMs } = this.retry;
		const delayMs = retryDelay({ kind, attempt, idempotent: true, retryAfterMs, maxRetryAfterMs });
		if (this.signal?.aborted) throw stoppedError(call, 'notSent');
		if (delayMs === undefined || !(await this.retry.delay(delayMs))) throw failure;
	}
}

function callOf({ url }: Pick<MediaRequest, 'url'>): string {
	return `GET ${withoutQuery(url)}`;
}

function statusError(
	{ url, name, mayAppear = false }: Pick<MediaRequest, 'url' | 'name' | 'mayAppear'>,
	{ status, headers }: OpenedFile,
): VideographError {
	return new VideographError(`${name} could not be downloaded: HTTP ${status}`, {
		// A body that is not JSON is the rule here.
		kind: status === 404 && mayAppear ? 'outcomeUnknown' : classifyResponse(status, {}),
		reason: 'mediaStatus',
		call: callOf({ url }),
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
