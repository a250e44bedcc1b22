import fc from 'fast-check';
import { VideographError } from '../../nodes/Videograph/api/errors';
import { parsePlaylist, type Playlist } from '../../nodes/Videograph/media/playlist';
import { selectVariant } from '../../nodes/Videograph/media/selectVariant';
import { nodeError } from './transport';

const URL = 'https://cdn.example/a/b/video.m3u8?token=secret';
const media = (...lines: string[]) => ['#EXTM3U', ...lines, '#EXT-X-ENDLIST', ''].join('\n');
const parse = (text: string) => parsePlaylist(text, URL);
const segments = (text: string) => {
	const playlist = parse(text);
	return playlist.kind === 'media' ? playlist.segments : [];
};
const errorOf = async (text: string) =>
	await nodeError(
		(async () => {
			await Promise.resolve();
			return parse(text);
		})(),
	);

describe('a media playlist', () => {
	it('has segments with their times, keys, maps and timelines', () => {
		const text = media(
			'#EXT-X-VERSION:7',
			'#EXT-X-MEDIA-SEQUENCE:7',
			'#EXT-X-MAP:URI="init.mp4",BYTERANGE="100@0"',
			'#EXTINF:6.5,A title, with a comma',
			'0.m4s?x=1#y',
			'#EXT-X-KEY:METHOD=AES-128,URI="../key",IV=0x0A',
			'#EXT-X-PROGRAM-DATE-TIME:2026-11-23T20:30:00Z',
			'#EXTINF:6',
			'/c/1.m4s',
			'#EXT-X-DISCONTINUITY',
			'#EXT-X-KEY:METHOD=NONE',
			'#EXT-X-BYTERANGE:20@5',
			'#EXTINF:1,',
			'https://other.example/all.m4s',
			'#EXT-X-BYTERANGE:7',
			'#EXTINF:1,',
			'https://other.example/all.m4s',
		);
		const map = { url: 'https://cdn.example/a/b/init.mp4', range: { start: 0, length: 100 } };
		const iv = new Uint8Array(16);
		iv[15] = 10;
		const key = { url: 'https://cdn.example/a/key', iv };
		const all = { url: 'https://other.example/all.m4s', map, duration: 1, timeline: 1 };
		expect(parse(text)).toEqual({
			kind: 'media',
			segments: [
				{ url: 'https://cdn.example/a/b/0.m4s?x=1#y', map, sequenceNumber: 7, start: 0, duration: 6.5, timeline: 0 },
				{ url: 'https://cdn.example/c/1.m4s', map, key, sequenceNumber: 8, start: 6.5, duration: 6, timeline: 0 },
				{ ...all, range: { start: 5, length: 20 }, sequenceNumber: 9, start: 12.5 },
				{ ...all, range: { start: 25, length: 7 }, sequenceNumber: 10, start: 13.5 },
			],
		});
	});

	it('may have other line ends, spaces and a byte order mark', () => {
		const text = `\uFEFF${media('#EXTINF:1,', ' 0.ts ').replaceAll('\n', '\r\n\r\n')}`;
		expect(segments(text)).toMatchObject([{ url: 'https://cdn.example/a/b/0.ts' }]);
	});

	it.each([
		['not a playlist', 'x', 'The playback URL does not lead to an HLS playlist'],
		['a page', ' <!DOCTYPE html>', 'The playback URL does not lead to an HLS playlist, but to a web page'],
		['empty', '', 'The playback URL does not lead to an HLS playlist'],
		['without segments', media(), 'The playlist is invalid: it has no segments'],
		['without an end', '#EXTM3U\n#EXTINF:1,\n0.ts', 'The recording is still growing: its playlist has no end'],
		['without durations', media('0.ts'), 'The playlist is invalid: a segment has no duration'],
		['with a negative duration', media('#EXTINF:-1,', '0.ts'), 'The playlist is invalid: a segment has no duration'],
		[
			'with variables',
			media('#EXT-X-DEFINE:NAME="a",VALUE="b"', '#EXTINF:1,', '{$a}.ts'),
			'The playlist uses variables (EXT-X-DEFINE), which is not supported',
		],
		['with gaps', media('#EXT-X-GAP', '#EXTINF:1,', '0.ts'), 'The playlist uses missing segments (EXT-X-GAP)'],
		['with a file URL', media('#EXTINF:1,', 'file:///etc/passwd'), 'The playlist contains a URL that is not an http'],
		['with user info', media('#EXTINF:1,', 'https://u:p@x/0.ts'), 'The playlist contains a URL that is not an http'],
		['with SAMPLE-AES', media('#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"'), 'The video is protected (SAMPLE-AES, identity)'],
		[
			'with Widevine',
			media('#EXT-X-KEY:METHOD=AES-128,URI="k",KEYFORMAT="urn:uuid:edef8ba9"'),
			'The video is protected (AES-128, urn:uuid:edef8ba9)',
		],
		['with a key without URI', media('#EXT-X-KEY:METHOD=AES-128'), 'The playlist is invalid: a key has no URI'],
		['with a bad IV', media('#EXT-X-KEY:METHOD=AES-128,URI="k",IV=7'), 'The playlist is invalid: an IV is not'],
		['with a bad range', media('#EXT-X-BYTERANGE:x', '#EXTINF:1,', '0.ts'), 'The playlist is invalid: a byte range'],
		['with a bad number', media('#EXT-X-MEDIA-SEQUENCE:x'), 'The playlist is invalid: the number of its first'],
		['with a map without URI', media('#EXT-X-MAP:BYTERANGE="1@0"'), 'The playlist is invalid: an initialization'],
		[
			'with too many segments',
			media(...Array.from({ length: 100_001 }, () => '#EXTINF:1,\n0.ts')),
			'The playlist is invalid: it has more than 100000 segments',
		],
	])('that is %s is refused', async (_name, text, message) => {
		const error = await errorOf(text);
		expect(error.message).toContain(message);
		expect(error.description).toMatch(/^[A-Z].*\(GET https:\/\/cdn\.example\/a\/b\/video\.m3u8\)$/);
	});

	it('of any text is either parsed or refused', async () => {
		const line = fc.oneof(
			fc.constantFrom('#EXTINF:6,', '0.ts', '#EXT-X-ENDLIST', '#EXT-X-DISCONTINUITY', '#EXT-X-MAP:URI="i"', ''),
			fc.constantFrom('#EXT-X-KEY:METHOD=AES-128,URI="k"', '#EXT-X-BYTERANGE:5@3', '#EXT-X-STREAM-INF:BANDWIDTH=1'),
			fc.string({ maxLength: 30 }),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(line), async (lines) => {
				const text = ['#EXTM3U', ...lines].join('\n');
				const result = await Promise.resolve(text)
					.then(parse)
					.catch((error: unknown) => error);
				const isExpected = result instanceof VideographError || ['master', 'media'].includes((result as Playlist).kind);
				expect(isExpected).toBe(true);
			}),
		);
	});
});

describe('a master playlist', () => {
	const MASTER = [
		'#EXTM3U',
		'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Commentary",URI="c.m3u8"',
		'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Sound",DEFAULT=YES,URI="s.m3u8"',
		'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="in",NAME="Sound",DEFAULT=YES',
		'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="a",NAME="English",URI="e.m3u8"',
		'#EXT-X-STREAM-INF:BANDWIDTH=900,AVERAGE-BANDWIDTH=5,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2",AUDIO="a"',
		'360.m3u8',
		'#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="i.m3u8"',
		'#EXT-X-STREAM-INF:BANDWIDTH=100,CODECS="mp4a.40.2"',
		'sound.m3u8',
		'#EXT-X-STREAM-INF:BANDWIDTH=2000,RESOLUTION=1280x720,AUDIO="in"',
		'720.m3u8',
	].join('\n');

	it('has renditions with their sound', () => {
		const url = (name: string) => `https://cdn.example/a/b/${name}.m3u8`;
		expect(parse(MASTER)).toEqual({
			kind: 'master',
			variants: [
				{ url: url('360'), bandwidth: 900, height: 360, codecs: ['avc1.4d401e', 'mp4a.40.2'], audioUrl: url('s') },
				{ url: url('sound'), bandwidth: 100, height: null, codecs: ['mp4a.40.2'], audioUrl: null },
				{ url: url('720'), bandwidth: 2000, height: 720, codecs: [], audioUrl: null },
			],
		});
	});

	it('without renditions is refused', async () => {
		const error = await errorOf('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1');
		expect(error.message).toBe('The playlist is invalid: it has no renditions');
	});

	it.each([
		[Infinity, '720'],
		[720, '720'],
		[719, '360'],
		[100, '360'],
	])('with a Max Height of %d selects %s', (maxHeight, name) => {
		const playlist = parse(MASTER);
		const variants = playlist.kind === 'master' ? playlist.variants : [];
		expect(selectVariant(variants, maxHeight)?.url).toBe(`https://cdn.example/a/b/${name}.m3u8`);
	});

	it('selects sound if there is nothing else, and H.264 among the same heights', () => {
		const base = { url: 'x', bandwidth: 1, height: 720, codecs: [], audioUrl: null };
		const sound = { ...base, height: null, codecs: ['mp4a.40.2'] };
		expect(selectVariant([sound], 360)).toBe(sound);
		const common = { ...base, codecs: ['avc1.4d401e'] };
		expect(selectVariant([{ ...base, bandwidth: 9, codecs: ['hvc1.1'] }, common, sound], 720)).toBe(common);
		expect(selectVariant([], 720)).toBeUndefined();
	});
});
