import { readdirSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { pictures } from '../emulator/media/camera';
import { pictureSize } from '../emulator/media/clockPicture';
import { mux } from '../emulator/media/mux';
import type { MediaOptions } from '../emulator/media/options';
import { readClock } from '../emulator/media/readClock';
import { keepFilesOnDisk, readStoredFile } from './binaryData';
import type { Result } from './engine';
import { type FileHost, startFileHost } from './fileHost';
import { locator, NOW, useHarness } from './harness';
import { boxTypes, readTracks } from './mp4File';

const harness = useHarness();
const MIB = 1024 * 1024;

/** More than 64 MiB. */
const LARGE = { bitRate: 48_000_000 };
const FROM = NOW / 1000 - 60;

let storagePath: string;
let host: FileHost;

beforeAll(async () => {
	const { config } = (await keepFilesOnDisk()) as unknown as { config: { localStoragePath: string } };
	storagePath = config.localStoragePath;
});
beforeEach(async () => {
	host = await startFileHost();
});
afterEach(async () => await host.close());

function addVideo(seconds: number, media: Partial<MediaOptions> = {}): string {
	const { emulator } = harness;
	Object.assign(emulator.options, { media: { ...emulator.options.media, ...media } });
	return emulator.addVideo({ title: 'Goal', clockStartMs: FROM * 1000, durationMs: seconds * 1000 }).contentId;
}

const parametersOf = (contentId: string) => ({
	resource: 'video',
	operation: 'download',
	contentId: locator(contentId),
});

/** The files in n8n's storage. */
const storedFiles = () =>
	readdirSync(storagePath, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));

/** Downloads a video whose details name /video.mp4 of the host, and no playlist. */
async function copyMp4(parameters: INodeParameters = {}): Promise<Result> {
	const answer = (real: object) => {
		const { body } = real as { body: { data: object } };
		const data = { ...body.data, mp4: `${host.url}/video.mp4`, playbackUrl: null };
		return { ...real, status: 200, body: { ...body, data } };
	};
	harness.emulator.options.playbackUrl = 404;
	harness.emulator.failNext({ method: 'GET', path: /^\/contents/, answer });
	return await harness.run({ ...parametersOf(addVideo(4)), ...parameters });
}

/** An MP4 without an index. @param size of its data in bytes */
function emptyMp4(size: number): Buffer {
	const file = Buffer.alloc(24 + size);
	file.writeUInt32BE(16);
	file.write('ftypisom', 4);
	file.writeUInt32BE(8 + size, 16);
	file.write('mdat', 20);
	return file;
}

/** n8n 2.8 retains what a failed download has written until it prunes the execution. */
const LEAVES_PARTS = /^2\.([0-9]|[12][0-9])\./.test(
	jest.requireActual<{ version: string }>('n8n-core/package.json').version,
);

describe('Download of a large file', () => {
	it('is streamed to the disk, with the index at its end', async () => {
		const { items, error } = await harness.run(parametersOf(addVideo(12, LARGE)));
		expect(error).toBeUndefined();
		const binary = items[0]?.binary?.data;
		const file = await readStoredFile(binary);
		expect(file.length).toBeGreaterThan(64 * MIB);
		expect(items[0]?.json.fileSize).toBe(file.length);
		expect(boxTypes(file)).toEqual(['ftyp', 'mdat', 'mdat', 'moov']);
		const shown = await readClock(file);
		expect([shown.length, shown[0]?.second, shown.at(-1)?.second]).toEqual([300, FROM, FROM + 11]);
	});

	it('leaves no file if it is larger than Max Size, or is interrupted for good', async () => {
		const before = storedFiles();
		host.files.set('/video.mp4', emptyMp4(100 * MIB));
		const tooLarge = await copyMp4({ options: { maxSize: 80 } });
		expect(tooLarge.error?.message).toBe('The file is larger than 80 MB');
		// No index follows.
		const incomplete = await copyMp4();
		expect(incomplete.error?.message).toBe('The MP4 file is incomplete');
		expect(LEAVES_PARTS ? before : storedFiles()).toEqual(before);
	});
});

describe('Stop of a download', () => {
	it.each([
		['while it is in memory', {}, /\/0\.ts$/],
		['while it is streamed', LARGE, /\/2\.ts$/],
	])('ends it %s, and leaves no file', async (_name, media, path) => {
		const before = storedFiles();
		const stop = new AbortController();
		let stoppedAt = 0;
		harness.emulator.failNextMedia({
			path,
			answer: () => {
				setTimeout(() => {
					stoppedAt = Date.now();
					stop.abort();
				}, 10);
				return 'hang';
			},
		});
		const { items, error } = await harness.run(parametersOf(addVideo(18, media)), { stop: stop.signal });
		expect(stoppedAt).toBeGreaterThan(0);
		expect(Date.now() - stoppedAt).toBeLessThan(1000);
		expect([items, error?.message]).toEqual([[], 'The execution was cancelled manually']);
		expect(LEAVES_PARTS ? before : storedFiles()).toEqual(before);
	});
});

/** Two segments of an encoder with B-frames: pictures are decoded in another order than they are shown. */
const SEGMENTS = [0, 1].map((index) => readFileSync(join(__dirname, `../../../test/fixtures/bframes-${index}.mpegts`)));
const SOURCE = Buffer.concat(SEGMENTS);

/** jest compares text a hundred times faster than bytes. */
const textOf = ({ data }: { data: Uint8Array }): string => Buffer.from(data).toString('latin1');

/** @param repeats of both segments; the timestamps begin again */
function playlist(repeats: number): string {
	const once = ['#EXTINF:2,', '0.ts', '#EXTINF:2,', '1.ts'].join('\n');
	const all = Array.from({ length: repeats }, () => once).join('\n#EXT-X-DISCONTINUITY\n');
	return ['#EXTM3U', '#EXT-X-TARGETDURATION:2', all, '#EXT-X-ENDLIST', ''].join('\n');
}

describe('Download of pictures with B-frames', () => {
	it.each([
		['once', 1],
		['with discontinuities', 20],
	])('%s has all samples at their times', async (_name, repeats) => {
		for (const [index, bytes] of SEGMENTS.entries()) host.files.set(`/${index}.ts`, bytes);
		host.files.set('/video.m3u8', playlist(repeats));
		host.play(harness.emulator, '/video.m3u8');
		const { items, error } = await harness.run(parametersOf(addVideo(4)));
		expect(error).toBeUndefined();
		const source = await readTracks(SOURCE, true);
		const file = await readStoredFile(items[0]?.binary?.data);
		const { video, audio } = await readTracks(file);
		for (let repeat = 0; repeat < repeats; repeat++) {
			const pictures = video.splice(0, source.video.length);
			// The last frame of sound before a discontinuity covers most of the first one that follows.
			const originals = source.audio.slice(repeat === 0 ? 0 : 1);
			const frames = audio.splice(0, originals.length);
			expect(pictures.map(textOf)).toEqual(source.video.map(textOf));
			expect(frames.map(textOf)).toEqual(originals.map(textOf));
			expect(pictures.map(({ isKey }) => isKey)).toEqual(source.video.map(({ isKey }) => isKey));
			const shift = (pictures[0]?.timestamp ?? 0) - (source.video[0]?.timestamp ?? 0);
			const times = (samples: typeof pictures) => samples.map(({ timestamp }) => timestamp);
			const closeTo = (samples: typeof pictures) =>
				samples.map(({ timestamp }) => expect.closeTo(timestamp + shift, 3) as number);
			expect(times(pictures)).toEqual(closeTo(source.video));
			// Sound keeps its distance to the pictures: half a millisecond, where 5 ms would be heard.
			expect(times(frames)).toEqual(closeTo(originals));
		}
		expect([video, audio]).toEqual([[], []]);
		expect(host.leaks).toEqual([]);
	});
});

describe('Download as M4A', () => {
	it.each([
		['first', ['mute.ts', '0.ts', '1.ts']],
		['later', ['0.ts', 'mute.ts', '1.ts']],
	])('accepts a segment without sound that comes %s', async (_name, segments) => {
		for (const [index, bytes] of SEGMENTS.entries()) host.files.set(`/${index}.ts`, bytes);
		const size = pictureSize(180);
		const mute = { video: { samples: pictures({ fromMs: 0, toMs: 2000 }, size), size }, zeroMs: 0 };
		host.files.set('/mute.ts', (await mux('ts', mute)).data);
		const listed = segments.map((name) => `#EXT-X-DISCONTINUITY\n#EXTINF:2,\n${name}\n`);
		host.files.set('/video.m3u8', ['#EXTM3U\n', ...listed, '#EXT-X-ENDLIST\n'].join(''));
		host.play(harness.emulator, '/video.m3u8');
		const { items, error } = await harness.run({ ...parametersOf(addVideo(4)), format: 'audio' });
		expect(error).toBeUndefined();
		const { audio } = await readTracks(await readStoredFile(items[0]?.binary?.data));
		const source = await readTracks(SOURCE, true);
		expect(audio.map(textOf)).toEqual(source.audio.map(textOf));
	});
});

describe('Download of an MP4 at a URL', () => {
	const mp4 = async (): Promise<Buffer> => {
		const { items } = await harness.run(parametersOf(addVideo(4)));
		return await readStoredFile(items[0]?.binary?.data);
	};

	it('continues after an interruption', async () => {
		const original = await mp4();
		host.files.set('/video.mp4', original);
		host.cuts.set('/video.mp4', 100_000);
		const { items, error } = await copyMp4();
		expect(error).toBeUndefined();
		expect((await readStoredFile(items[0]?.binary?.data)).equals(original)).toBe(true);
		expect(host.requests).toEqual(['/video.mp4', expect.stringMatching(/^\/video\.mp4 bytes=\d+-$/)]);
	});

	it.each([
		['is incomplete', (file: Buffer) => file.subarray(0, -5), 'The MP4 file is incomplete'],
		['has no index', (file: Buffer) => file.subarray(0, 24), 'The MP4 file is incomplete'],
		['is a web page', () => Buffer.from('<!doctype html>'), 'The MP4 file is not an MP4'],
		['is not there', () => undefined, 'The MP4 file could not be downloaded: HTTP 404'],
	])('fails if it %s', async (_name, change, message) => {
		const file = change(await mp4());
		if (file) host.files.set('/video.mp4', file);
		const { error } = await copyMp4();
		expect(error?.message).toBe(message);
	});
});

it('knows the size of a stored file', async () => {
	const { items } = await harness.run(parametersOf(addVideo(2)));
	const [path = ''] = storedFiles().filter((file) =>
		file.endsWith(items[0]?.binary?.data?.id?.split('/').at(-1) ?? '?'),
	);
	expect((await stat(path)).size).toBe(items[0]?.json.fileSize);
});
