import { mediaError, type VideographError } from '../api/errors';
import type { MediaFiles } from '../api/mediaFiles';
import { withoutQuery } from '../api/urls';
import { joinBytes } from '../utils/bytes';
import { readBoxes } from './boxes';
import type { Demuxer, MediaInfo } from './demux';

/** An MP4 that is copied as it is. */
export interface Mp4File {
	chunks: AsyncGenerator<Uint8Array, void>;
	streamClass: unknown;
	/** The request, for errors. */
	call: string;
	/** After the last chunk. */
	readInfo: () => Promise<MediaInfo>;
}

const NAME = 'The MP4 file';
/** Enough for the header of a box. */
const HEADER_BYTES = 16;

/**
 * Opens an MP4 at a URL.
 *
 * @throws {VideographError} if it cannot be read, or is no MP4
 */
export async function openMp4(files: MediaFiles, url: string, demuxer: Demuxer): Promise<Mp4File> {
	const call = `GET ${withoutQuery(url)}`;
	const { chunks, streamClass } = await files.open({ url, name: NAME });
	const first = await chunks.next();
	const start = first.done === true ? new Uint8Array() : first.value;
	const isMp4 = readBoxes(start)[0]?.type === 'ftyp';
	if (!isMp4) {
		await chunks.return();
		throw mediaError('damagedMedia', call, `${NAME} is not an MP4`);
	}
	const index = new IndexReader();
	async function* checked(): AsyncGenerator<Uint8Array, void> {
		index.add(start);
		yield start;
		for await (const chunk of chunks) {
			index.add(chunk);
			yield chunk;
		}
		if (!index.isComplete) throw incomplete(call);
	}
	return { chunks: checked(), streamClass, call, readInfo: async () => await demuxer.readInfo(index.bytes) };
}

function incomplete(call: string): VideographError {
	return mediaError('damagedMedia', call, `${NAME} is incomplete`);
}

/** Follows the boxes of a file as it arrives, and retains those that describe it. */
class IndexReader {
	private readonly retained: Uint8Array[] = [];
	/** The start of a box that has not arrived completely. */
	private pending = new Uint8Array();
	/** The bytes of the current box that are still to come. */
	private remaining = 0;
	private isRetained = false;
	private hasIndex = false;
	private isDamaged = false;

	add(chunk: Uint8Array): void {
		if (this.isDamaged) return;
		let rest = joinBytes([this.pending, chunk].filter(({ length }) => length > 0));
		this.pending = new Uint8Array();
		while (rest.length > 0) {
			if (this.remaining === 0) {
				if (rest.length < HEADER_BYTES) {
					this.pending = Uint8Array.from(rest);
					return;
				}
				const [box] = readBoxes(rest.subarray(0, HEADER_BYTES));
				if (!box) {
					this.isDamaged = true;
					return;
				}
				this.remaining = box.reachesEnd ? Infinity : box.size;
				this.isRetained = box.type === 'ftyp' || box.type === 'moov';
				this.hasIndex ||= box.type === 'moov';
			}
			const part = rest.subarray(0, this.remaining);
			if (this.isRetained) this.retained.push(part);
			this.remaining -= part.length;
			rest = rest.subarray(part.length);
		}
	}

	get isComplete(): boolean {
		const isWhole = this.remaining === 0 || this.remaining === Infinity;
		// A box of 8 bytes may be the last one.
		const [last] = readBoxes(this.pending);
		return (
			isWhole && !this.isDamaged && this.hasIndex && (this.pending.length === 0 || last?.size === this.pending.length)
		);
	}

	get bytes(): Uint8Array {
		return joinBytes(this.retained);
	}
}
