import { createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';

const PIECE = 1024 * 1024;

/**
 * Writes a file of any size without repeated chunks.
 *
 * @param size in bytes
 * @returns its SHA-256 in hexadecimal digits
 */
export async function writeLargeFile(path: string, size: number): Promise<string> {
	const hash = createHash('sha256');
	const piece = randomBytes(PIECE);
	const file = await open(path, 'w');
	try {
		for (let written = 0; written < size; written += PIECE) {
			piece.writeBigUInt64BE(BigInt(written));
			const part = piece.subarray(0, Math.min(PIECE, size - written));
			hash.update(part);
			await file.write(part);
		}
	} finally {
		await file.close();
	}
	return hash.digest('hex');
}
