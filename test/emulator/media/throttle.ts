const CHUNK_BYTES = 64 * 1024;
/** A network sends on while this process creates a file, or a timer of it is late. */
const MAX_LATE_MS = 100;

/** Returns the chunks of files at a rate that all of them share, in real time. */
export class Throttle {
	/** When the next chunk may be sent, by `performance.now`. */
	private freeAtMs = 0;

	async *chunks(file: Buffer, bytesPerSecond: number): AsyncGenerator<Buffer> {
		for (let at = 0; at < file.length; at += CHUNK_BYTES) {
			const chunk = file.subarray(at, at + CHUNK_BYTES);
			const now = performance.now();
			const delayMs = this.freeAtMs - now;
			this.freeAtMs = Math.max(this.freeAtMs, now - MAX_LATE_MS) + (chunk.length / bytesPerSecond) * 1000;
			if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
			yield chunk;
		}
	}
}
