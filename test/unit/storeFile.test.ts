import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IBinaryData } from 'n8n-workflow';
import { fileNameOf } from '../../nodes/Videograph/media/fileName';
import { prefetch } from '../../nodes/Videograph/media/prefetch';
import { findDamage } from '../../nodes/Videograph/media/segmentFiles';
import { type FileWriter, storeFile } from '../../nodes/Videograph/media/storeFile';

const MIB = 1024 * 1024;
const CHUNK = new Uint8Array(MIB);

/** A file of chunks of a MiB. */
function fileOf(chunks: number): FileWriter {
	async function* all(): AsyncGenerator<Uint8Array, void> {
		for (let index = 0; index < chunks; index++) yield await Promise.resolve(CHUNK);
	}
	return {
		header: Buffer.from('head'),
		chunks: all(),
		finish: (inFront) => Buffer.from(inFront ? 'index in front' : 'index at the end'),
	};
}

const BINARY: IBinaryData = { data: 'x', mimeType: 'video/mp4' };
const OPTIONS = { fileName: 'a.mp4', mimeType: 'video/mp4', maxBytes: Infinity, streamClass: Readable, call: 'GET x' };

/** How n8n stores a file: its body, the bytes of it, and how many chunks it read. */
function storage(read: (body: Readable, stored: { bytes: number }) => Promise<unknown>) {
	const stored = { bytes: 0, body: undefined as unknown };
	const save = async (body: Buffer | Readable) => {
		stored.body = body;
		if (Buffer.isBuffer(body)) stored.bytes = body.length;
		else await read(body, stored);
		return BINARY;
	};
	return { stored, save };
}

/** As on disk: bit by bit. */
const onDisk = () =>
	storage(async (body, stored) => {
		for await (const chunk of body) stored.bytes += (chunk as Uint8Array).length;
	});
/** As in a database or in memory: all at once. */
const collected = () =>
	storage(
		async (body, stored) =>
			await new Promise((resolve, reject) => {
				body.on('data', (chunk: Uint8Array) => (stored.bytes += chunk.length));
				body.on('end', resolve);
				body.on('error', reject);
			}),
	);
const piped = () =>
	storage(async (body, stored) => {
		const write = (chunk: Uint8Array, _encoding: unknown, done: () => void) => {
			stored.bytes += chunk.length;
			done();
		};
		await pipeline(body, new Writable({ objectMode: true, write }));
	});

describe('a file', () => {
	it('of up to 64 MiB is written in memory, with its index in front', async () => {
		const { stored, save } = onDisk();
		const { size } = await storeFile(save, fileOf(2), OPTIONS);
		expect(size).toBe(2 * MIB + 18);
		expect((stored.body as Buffer).subarray(0, 18).toString()).toBe('headindex in front');
	});

	it('of any size is streamed to the disk, with its index at the end', async () => {
		const { stored, save } = onDisk();
		const { size } = await storeFile(save, fileOf(300), OPTIONS);
		expect([size, stored.bytes]).toEqual([300 * MIB + 20, 300 * MIB + 20]);
		expect(stored.body).toBeInstanceOf(Readable);
	});

	it.each([
		['collects the file', collected, Readable],
		['pipes the stream', piped, Readable],
		['has a class of streams that cannot create one', onDisk, Object],
	])('of more than 256 MiB is refused if n8n %s', async (_name, mode, streamClass) => {
		const { stored, save } = mode();
		await expect(storeFile(save, fileOf(300), { ...OPTIONS, streamClass })).rejects.toMatchObject({
			message: 'The file is larger than 256 MB, and n8n would load all of it into memory',
			details: { reason: 'tooLargeForMemory' },
		});
		expect(stored.bytes).toBeLessThanOrEqual(256 * MIB);
	});

	it.each([Readable, Object])('of 100 MiB is stored anyway', async (streamClass) => {
		const { stored, save } = collected();
		await storeFile(save, fileOf(100), { ...OPTIONS, streamClass });
		expect(stored.bytes).toBe(100 * MIB + 20);
	});

	it.each([
		[1, 2],
		[70, 90],
	])('that is larger than %d MB is refused', async (megabytes, chunks) => {
		const { save } = onDisk();
		await expect(storeFile(save, fileOf(chunks), { ...OPTIONS, maxBytes: megabytes * MIB })).rejects.toMatchObject({
			message: `The file is larger than ${megabytes} MB`,
		});
	});

	it('fails with the reason if its source fails, whatever the storage makes of it', async () => {
		const failing = fileOf(0);
		failing.chunks = (async function* () {
			for (let index = 0; index < 80; index++) yield await Promise.resolve(CHUNK);
			throw new Error('the source');
		})();
		const save = async (body: Buffer | Readable) => {
			await onDisk()
				.save(body)
				.catch(() => {
					throw new Error('the storage');
				});
			return BINARY;
		};
		await expect(storeFile(save, failing, OPTIONS)).rejects.toThrow('the source');
	});

	it('fails with the reason of the storage', async () => {
		const save = async () => await Promise.reject(new Error('disk full'));
		await expect(storeFile(save, fileOf(80), OPTIONS)).rejects.toThrow('disk full');
	});
});

describe('prefetch', () => {
	/** @param size of each result in bytes */
	const run = async (size: number, count = 20) => {
		let running = 0;
		let most = 0;
		const tasks = Array.from({ length: count }, (_, index) => async () => {
			most = Math.max(most, ++running);
			await new Promise((resolve) => setImmediate(resolve));
			running--;
			return new Uint8Array(size).fill(index, 0, 1);
		});
		const results: Array<number | undefined> = [];
		for await (const [first] of prefetch(tasks)) results.push(first);
		return { most, results };
	};

	it('returns all results in order', async () => {
		const { results } = await run(1);
		expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
	});

	it.each([
		[1000, 6],
		[16 * MIB, 2],
	])('of %d bytes runs %d tasks at most', async (size, most) => {
		expect((await run(size)).most).toBe(most);
	});

	it('throws an error when its turn has come', async () => {
		const tasks = [async () => await Promise.resolve(CHUNK), async () => await Promise.reject(new Error('second'))];
		const results = prefetch(tasks);
		expect((await results.next()).value).toBe(CHUNK);
		await expect(results.next()).rejects.toThrow('second');
	});
});

it.each([
	['Goal', 'mp4', 'Goal.mp4'],
	['Goal.mp4', 'mp4', 'Goal.mp4'],
	['Goal.MP4', 'audio', 'Goal.MP4.m4a'],
	[' ../a\\b:c*?"<>|\u0000\n ', 'audio', 'a b c.m4a'],
	['Tor für 1. FC 😀', 'mp4', 'Tor für 1. FC 😀.mp4'],
	['NUL', 'mp4', 'video.mp4'],
	['...', 'mp4', 'video.mp4'],
	[null, 'mp4', 'video.mp4'],
	['x'.repeat(300), 'mp4', `${'x'.repeat(100)}.mp4`],
] as const)('the file of %j as %s has the name %j', (title, format, name) => {
	expect(fileNameOf(title, format)).toBe(name);
});

describe('a segment', () => {
	const ts = Buffer.alloc(188 * 3);
	for (let at = 0; at < ts.length; at += 188) ts[at] = 0x47;
	const box = (type: string, size: number) => {
		const bytes = Buffer.alloc(size);
		bytes.writeUInt32BE(size);
		bytes.write(type, 4);
		return bytes;
	};

	it.each([
		['whole MPEG-TS', ts, undefined],
		['MPEG-TS that is cut', ts.subarray(0, -1), 'it is incomplete'],
		['whole boxes', Buffer.concat([box('moof', 20), box('mdat', 90)]), undefined],
		['boxes that are cut', Buffer.concat([box('moof', 20), box('mdat', 90)]).subarray(0, -1), 'it is incomplete'],
		['a box header that is cut', Buffer.concat([box('moof', 20), box('mdat', 90).subarray(0, 5)]), 'it is incomplete'],
		['nothing', Buffer.alloc(0), 'it is empty'],
		['a page', Buffer.from('\n<!DOCTYPE html>'), 'it is a web page'],
		['anything else', Buffer.from('ID3 and AAC'), undefined],
	])('of %s', (_name, bytes, damage) => {
		expect(findDamage(bytes)).toBe(damage);
	});
});
