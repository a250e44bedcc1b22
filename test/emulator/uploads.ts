import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Answer, Refusal } from './answer';
import { type Options, originOf } from './options';

/** Where files are sent; it is no part of the API. */
export const STORAGE_PATH = '/storage';

/** A complete upload. Its bytes are not stored. */
export interface Upload {
	fileName: string;
	/** Bytes that came. */
	size: number;
	/** In hex. */
	sha256: string;
	/** The header, in bytes. */
	contentLength: number;
	contentType: string | undefined;
	/** The id of the video that it becomes. */
	contentId: string;
	/** When it does, in epoch milliseconds. */
	appearsAt: number;
}

/** The storage that receives files: signed URLs, no credentials. */
export class Uploads {
	readonly received: Upload[] = [];
	private readonly fileNames = new Map<string, string>();
	private readonly waiting: Upload[] = [];

	constructor(private readonly options: Pick<Options, 'now' | 'port' | 'contentAppearsAfterMs'>) {}

	/** The URL that takes a file, good for that file alone. */
	urlFor(fileName: string): string {
		const token = randomBytes(24).toString('base64url');
		this.fileNames.set(token, fileName);
		return `${originOf(this.options)}${STORAGE_PATH}/${randomUUID()}?signature=${token}`;
	}

	/**
	 * Takes a file. As with most storages, any number of bytes but the announced one is no file.
	 *
	 * @throws {Refusal} where the signature is wrong, or the length is not announced
	 */
	async receive(signature: unknown, headers: Record<string, string | undefined>, bytes: Readable): Promise<Answer> {
		const fileName = this.fileNames.get(String(signature));
		if (fileName === undefined) throw new Refusal(403, 'The signature is wrong');
		const length = headers['content-length'];
		if (length === undefined) throw new Refusal(411, 'The Content-Length header is missing');

		const hash = createHash('sha256');
		let size = 0;
		for await (const chunk of bytes as AsyncIterable<Buffer>) {
			hash.update(chunk);
			size += chunk.length;
		}
		if (size !== Number(length)) throw new Refusal(400, `${size} of ${length} bytes came`);
		const upload: Upload = {
			fileName,
			size,
			sha256: hash.digest('hex'),
			contentLength: Number(length),
			contentType: headers['content-type'],
			contentId: randomUUID(),
			appearsAt: this.options.now() + this.options.contentAppearsAfterMs,
		};
		this.received.push(upload);
		this.waiting.push(upload);
		return { status: 200, body: '' };
	}

	/** The files that have become videos since the last call. */
	takeAppeared(): Upload[] {
		const now = this.options.now();
		const appeared = this.waiting.filter(({ appearsAt }) => appearsAt <= now);
		for (const upload of appeared) this.waiting.splice(this.waiting.indexOf(upload), 1);
		return appeared;
	}
}
