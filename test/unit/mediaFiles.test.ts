import { Readable } from 'node:stream';
import { MediaFiles } from '../../nodes/Videograph/api/mediaFiles';

const request = { url: 'https://cdn.example/video.mp4', name: 'Segment 1 of 2', range: { start: 3, length: 4 } };

/** Reads from a host that sends these chunks. @returns the bytes or the error, and how many chunks were requested */
async function read(status: number, chunks: Iterable<Buffer>, maxBytes = 100) {
	let sent = 0;
	function* counted() {
		for (const chunk of chunks) {
			sent++;
			yield chunk;
		}
	}
	const open = async (url: string) =>
		await Promise.resolve({ status, headers: {}, body: Readable.from(counted(), { objectMode: false }), url });
	const retry = { delay: async () => await Promise.resolve(false), maxRateLimitWaitMs: 0 };
	const result = await new MediaFiles(open, undefined, retry).read({ ...request, maxBytes }).then(
		({ bytes }) => Buffer.from(bytes).toString(),
		(error: unknown) => (error as Error).message,
	);
	return { result, sent };
}

function* endless() {
	// Ends, so that a reader without a limit ends too.
	for (let index = 0; index < 10_000; index++) yield Buffer.alloc(10);
}

describe('a part of a file', () => {
	it.each([
		['a host with support for ranges', 206, '3456'],
		['a host without', 200, '0123456789'],
	])('comes from %s', async (_name, status, file) => {
		expect(await read(status, [Buffer.from(file)])).toMatchObject({ result: '3456' });
	});

	it.each([
		['is longer than requested', 206, 100],
		['is the whole file, which is larger than the limit', 200, 100],
		['is larger than the limit', 206, 2],
	])('is refused if it %s', async (_name, status, maxBytes) => {
		const { result, sent } = await read(status, endless(), maxBytes);
		expect(result).toBe('Segment 1 of 2 is larger than the limit');
		expect(sent).toBeLessThan(100);
	});
});
