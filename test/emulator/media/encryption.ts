import { createCipheriv, createHash } from 'node:crypto';

const KEY_BYTES = 16;

/** The key of a recording. */
export function keyOf(recordingId: string): Buffer {
	return createHash('sha256').update(recordingId).digest().subarray(0, KEY_BYTES);
}

/** AES-128 of HLS (RFC 8216, 5.2): the initialization vector is the media sequence number of the segment. */
export function encrypt(segment: Buffer, recordingId: string, sequenceNumber: number): Buffer {
	const vector = Buffer.alloc(KEY_BYTES);
	vector.writeUInt32BE(sequenceNumber, KEY_BYTES - 4);
	const cipher = createCipheriv('aes-128-cbc', keyOf(recordingId), vector);
	return Buffer.concat([cipher.update(segment), cipher.final()]);
}
