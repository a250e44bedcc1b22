import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { IBinaryData } from 'n8n-workflow';
import { VideographError } from '../../nodes/Videograph/api/errors';
import { MediaFiles } from '../../nodes/Videograph/api/mediaFiles';
import { downloadMedia } from '../../nodes/Videograph/media/downloadMedia';
import { cases } from '../cases';
import { readTracks } from '../engine/mp4File';
import { inTime } from '../faults/inTime';

const HOST = 'https://cdn.example/v/';
const PICTURES = 50;
const MOST_MS = 10_000;

/** Two segments of 50 pictures each. */
const SEGMENTS = new Map(
	[0, 1].map((index) => [
		`${HOST}${index}.ts`,
		readFileSync(join(__dirname, `../../../test/fixtures/bframes-${index}.mpegts`)),
	]),
);

const MEDIA = [
	'#EXTM3U',
	'#EXT-X-VERSION:3',
	'#EXT-X-TARGETDURATION:2',
	'#EXT-X-MEDIA-SEQUENCE:0',
	'#EXTINF:2.000,',
	'0.ts',
	'#EXT-X-DISCONTINUITY',
	'#EXT-X-PROGRAM-DATE-TIME:2026-11-23T20:30:02.000Z',
	'#EXTINF:2.000,',
	'1.ts',
	'#EXT-X-ENDLIST',
];
const MASTER = [
	'#EXTM3U',
	'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Sound",DEFAULT=YES,URI="audio.m3u8"',
	'#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=192x108,CODECS="avc1.64000b,mp4a.40.2",AUDIO="a"',
	'video.m3u8',
	'#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=1920x1080',
	'video.m3u8?large',
];
/** Lines that a mutation inserts. */
const LINES = [
	...MEDIA,
	...MASTER,
	'#EXT-X-KEY:METHOD=AES-128,URI="key",IV=0x01',
	'#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://key"',
	'#EXT-X-KEY:METHOD=NONE',
	'#EXT-X-MAP:URI="0.ts",BYTERANGE="188@0"',
	'#EXT-X-BYTERANGE:18800@0',
	'#EXT-X-BYTERANGE:999999999999',
	'#EXT-X-DEFINE:NAME="a",VALUE="b"',
	'#EXT-X-GAP',
	'#EXTINF:1e308,',
	'#EXTINF:NaN,',
	'../../../../etc/passwd',
	'file:///etc/passwd',
	'http://[',
	'master.m3u8',
	'\u0000\uFFFD',
];

type Mutation = (lines: string[]) => string[];

const at = fc.nat({ max: 20 });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
	at.map(
		(index): Mutation =>
			(lines) =>
				lines.filter((_, other) => other !== index),
	),
	fc.tuple(at, fc.constantFrom(...LINES)).map(
		([index, line]): Mutation =>
			(lines) =>
				lines.toSpliced(index, 0, line),
	),
	fc.tuple(at, at).map(
		([from, to]): Mutation =>
			(lines) =>
				lines.toSpliced(to, 0, ...lines.slice(from, from + 3)),
	),
	fc.tuple(at, at, fc.string({ maxLength: 4, unit: 'binary' })).map(
		([index, column, text]): Mutation =>
			(lines) =>
				lines.map((line, other) => (other === index ? line.slice(0, column) + text + line.slice(column + 1) : line)),
	),
	fc.tuple(at, fc.constantFrom('-1', '0', '1e9', '99999999999999999999', '')).map(
		([index, number]): Mutation =>
			(lines) =>
				lines.map((line, other) => (other === index ? line.replace(/\d+(\.\d+)?/, number) : line)),
	),
);

const mutated = (lines: string[]) =>
	fc
		.array(mutation, { minLength: 1, maxLength: 4 })
		.map((mutations) => mutations.reduce((text, mutate) => mutate(text), lines).join('\n'));

/** Reads from a host with these playlists. */
function filesOf(playlists: Record<string, string>): MediaFiles {
	const open = async (url: string, range?: string) => {
		const { href } = new URL(url);
		const name = href.startsWith(HOST) ? href.slice(HOST.length).replace(/[?#].*/, '') : '';
		const file = playlists[name] ?? SEGMENTS.get(href);
		const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
		const bytes = Buffer.from(file ?? '').subarray(Number(from ?? 0), to ? Number(to) + 1 : undefined);
		const status = file === undefined ? 404 : from === undefined ? 200 : 206;
		return await Promise.resolve({ status, headers: {}, body: Readable.from([bytes], { objectMode: false }), url });
	};
	const retry = { delay: async () => await Promise.resolve(true), maxRateLimitWaitMs: 0 };
	return new MediaFiles(open, undefined, retry);
}

/** Downloads a video. @returns its file, or the error */
async function download(playlists: Record<string, string>): Promise<Buffer | Error> {
	let file: Buffer = Buffer.alloc(0);
	const save = async (body: Buffer | Readable): Promise<IBinaryData> => {
		if (Buffer.isBuffer(body)) file = body;
		return await Promise.resolve({ data: '', mimeType: 'video/mp4' });
	};
	const request = {
		playbackUrl: `${HOST}master.m3u8`,
		mp4Url: null,
		format: 'mp4',
		maxHeight: 720,
		fileName: 'a.mp4',
		mimeType: 'video/mp4',
		maxBytes: Infinity,
	} as const;
	return await inTime(downloadMedia(filesOf(playlists), save, request), MOST_MS).then(
		() => file,
		(error: unknown) => (error instanceof Error ? error : new Error(String(error))),
	);
}

/** The pictures in the segments that a media playlist names before its end; undefined if it names parts of files. */
function picturesIn(text: string): number | undefined {
	const lines = text.split(/[\r\n]/).map((line) => line.trim());
	const end = lines.indexOf('#EXT-X-ENDLIST');
	const listed = lines.slice(0, end < 0 ? undefined : end);
	if (listed.some((line) => /^#EXT-X-(BYTERANGE|MAP|KEY)/.test(line))) return undefined;
	return listed.filter((line) => line !== '' && !line.startsWith('#')).length * PICTURES;
}

describe('a download with a mutated playlist', () => {
	it('is a whole file, or an error', async () => {
		let [downloaded, refused] = [0, 0];
		await fc.assert(
			fc.asyncProperty(mutated(MEDIA), async (text) => {
				const result = await download({ 'master.m3u8': text });
				if (result instanceof VideographError) {
					refused++;
					return true;
				}
				if (result instanceof Error) throw result;
				downloaded++;
				const { video } = await readTracks(result);
				return (picturesIn(text) ?? video.length) === video.length && video.length > 0;
			}),
			{ numRuns: cases(7000, 0.02) },
		);
		expect(Math.min(downloaded, refused)).toBeGreaterThan(10);
	}, 600_000);

	it('is a whole file, or an error, if its master playlist is mutated', async () => {
		const media = { 'video.m3u8': MEDIA.join('\n'), 'audio.m3u8': MEDIA.join('\n') };
		await fc.assert(
			fc.asyncProperty(mutated(MASTER), async (text) => {
				const result = await download({ 'master.m3u8': text, ...media });
				if (result instanceof VideographError) return true;
				if (result instanceof Error) throw result;
				const { video } = await readTracks(result);
				return video.length === PICTURES * SEGMENTS.size;
			}),
			{ numRuns: cases(3000, 0.02) },
		);
	}, 600_000);
});
