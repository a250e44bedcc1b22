/** Writes bits, most significant first, into a buffer of a fixed size. */
export class BitWriter {
	private readonly buffer: Buffer;
	/** The next bit. */
	private position = 0;

	/** @param capacity the maximum number of bytes */
	constructor(capacity: number) {
		this.buffer = Buffer.alloc(capacity);
	}

	bits(value: number, count: number): this {
		for (let bit = count - 1; bit >= 0; bit--, this.position++) {
			// No bit operations: values may have 32 bits and a sign in JavaScript.
			const isOne = Math.floor(value / 2 ** bit) % 2 === 1;
			const at = this.position >> 3;
			if (isOne) this.buffer.writeUInt8(this.buffer.readUInt8(at) | (0x80 >> (this.position & 7)), at);
		}
		return this;
	}

	/** Writes unsigned numbers as Exp-Golomb codes, which H.264 calls ue(v). */
	golomb(...values: number[]): this {
		for (const value of values) {
			const length = Math.floor(Math.log2(value + 1));
			this.bits(0, length).bits(value + 1, length + 1);
		}
		return this;
	}

	/** Goes on at the next whole byte. */
	align(): this {
		this.position = Math.ceil(this.position / 8) * 8;
		return this;
	}

	/** Copies bytes to the current whole byte. */
	bytes(source: Uint8Array): this {
		this.buffer.set(source, this.position >> 3);
		this.position += source.length * 8;
		return this;
	}

	/** Repeats a byte from the current whole byte. */
	fill(value: number, count: number): this {
		const start = this.position >> 3;
		this.buffer.fill(value, start, start + count);
		this.position += count * 8;
		return this;
	}

	written(): Buffer {
		return this.buffer.subarray(0, Math.ceil(this.position / 8));
	}
}
