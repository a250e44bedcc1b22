import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { mediaError } from '../api/errors';

type SaveFile = IExecuteFunctions['helpers']['prepareBinaryData'];
type FileBody = Parameters<SaveFile>[0];
/** A readable stream of Node.js, which a node must not import. */
type FileStream = Exclude<FileBody, Uint8Array>;

/** A file that is written from its start to its end. */
export interface FileWriter {
	header: Uint8Array;
	/** What follows the header. */
	chunks: AsyncGenerator<Uint8Array, void>;
	/** The index of the file. @param inFront whether it is between the header and the chunks, or at the end */
	finish(inFront: boolean): Uint8Array;
}

export interface StoreOptions {
	fileName: string;
	mimeType: string;
	/** In bytes. */
	maxBytes: number;
	/** The class of the stream of a response: n8n's Readable. */
	streamClass: unknown;
	/** The request, for errors. */
	call: string;
}

export interface StoredFile {
	binary: IBinaryData;
	/** In bytes. */
	size: number;
}

const MIB = 1024 * 1024;
/** A smaller file is written in memory, with its index in front, so that it can be played while it loads. */
const MAX_MEMORY_BYTES = 64 * MIB;
/** The largest file that n8n may collect in memory before it stores it. */
export const MAX_COLLECTED_BYTES = 256 * MIB;

/**
 * Stores a file as binary data of n8n.
 *
 * @throws {VideographError} if it is larger than `maxBytes`, or than n8n can store
 */
export async function storeFile(saveFile: SaveFile, file: FileWriter, options: StoreOptions): Promise<StoredFile> {
	try {
		return await store(saveFile, file, options);
	} finally {
		// Closes its connections if the rest is not read.
		await file.chunks.return();
	}
}

async function store(saveFile: SaveFile, file: FileWriter, options: StoreOptions): Promise<StoredFile> {
	const { fileName, mimeType, maxBytes, streamClass, call } = options;
	const refuseLarger = (size: number) => {
		if (size > maxBytes) throw tooLarge(call, maxBytes);
	};
	const start: Uint8Array[] = [];
	let size = file.header.length;
	let isComplete = false;
	while (size <= MAX_MEMORY_BYTES && !isComplete) {
		const next = await file.chunks.next();
		isComplete = next.done === true;
		if (next.value) {
			start.push(next.value);
			size += next.value.length;
		}
		refuseLarger(size);
	}
	if (isComplete) {
		const body = Buffer.concat([file.header, file.finish(true), ...start]);
		refuseLarger(body.length);
		return { binary: await saveFile(body, fileName, mimeType), size: body.length };
	}

	const written: { bytes: number; failure?: Error; stream?: FileStream } = { bytes: 0 };
	const check = (chunk: Uint8Array): Error | undefined => {
		written.bytes += chunk.length;
		if (written.bytes > maxBytes) return tooLarge(call, maxBytes);
		// n8n's storage on disk reads the stream bit by bit. Other storages collect it in memory.
		const isCollected = !written.stream || written.stream.listenerCount('data') > 0;
		return written.bytes > MAX_COLLECTED_BYTES && isCollected ? tooLargeForMemory(call) : undefined;
	};
	async function* checked(): AsyncGenerator<Uint8Array, void> {
		for await (const chunk of allChunks(file, start)) {
			const problem = check(chunk);
			if (problem) throw problem;
			yield chunk;
		}
	}
	const chunks = withFailure(checked(), (error) => (written.failure = error));
	written.stream = streamFrom(streamClass, chunks);
	const body = written.stream ?? (await collect(chunks));
	const binary = await saveFile(body, fileName, mimeType).catch((error: unknown) => {
		throw written.failure ?? error;
	});
	return { binary, size: written.bytes };
}

/** Reports the failure: the storage may wrap it in an error of its own. */
async function* withFailure(
	chunks: AsyncGenerator<Uint8Array, void>,
	onFailure: (error: Error) => void,
): AsyncGenerator<Uint8Array, void> {
	for (;;) {
		const next = await chunks.next().catch((error: unknown) => {
			if (error instanceof Error) onFailure(error);
			throw error;
		});
		if (next.done === true) return;
		yield next.value;
	}
}

async function* allChunks(file: FileWriter, start: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
	yield file.header;
	for (let chunk = start.shift(); chunk; chunk = start.shift()) yield chunk;
	yield* file.chunks;
	yield file.finish(false);
}

async function collect(chunks: AsyncGenerator<Uint8Array, void>): Promise<Buffer> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return Buffer.concat(all);
}

/** A stream of chunks. `stream` must not be imported, so the class of another stream creates it. */
function streamFrom(streamClass: unknown, chunks: AsyncGenerator<Uint8Array, void>): FileStream | undefined {
	if (!canCreateStreams(streamClass)) return undefined;
	const stream: unknown = streamClass.from(chunks);
	return isFileStream(stream) ? stream : undefined;
}

function canCreateStreams(value: unknown): value is { from(chunks: AsyncIterable<Uint8Array>): unknown } {
	return typeof value === 'function' && 'from' in value && typeof value.from === 'function';
}

function isFileStream(value: unknown): value is FileStream {
	return typeof value === 'object' && value !== null && 'listenerCount' in value && 'destroy' in value;
}

function tooLarge(call: string, maxBytes: number) {
	return mediaError('tooLarge', call, `The file is larger than ${maxBytes / MIB} MB`);
}

function tooLargeForMemory(call: string) {
	const limit = MAX_COLLECTED_BYTES / MIB;
	const message = `The file is larger than ${limit} MB, and n8n would load all of it into memory`;
	return mediaError('tooLargeForMemory', call, message);
}
