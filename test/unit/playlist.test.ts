import { parsePlaylist } from '../../nodes/Videograph/livestream/recordingTimes';

const START = '2026-11-23T18:00:00.000Z';
const startMs = Date.parse(START);

const media = (...lines: string[]) => ['#EXTM3U', '#EXT-X-TARGETDURATION:6', ...lines, ''].join('\n');
const date = (time: string) => `#EXT-X-PROGRAM-DATE-TIME:${time}`;
const segment = (seconds: number | string) => `#EXTINF:${seconds},\nsegment.ts`;

describe('master playlist', () => {
	it('returns its first variant', () => {
		const first = ['#EXT-X-STREAM-INF:BANDWIDTH=1', '', '# note', 'hi/1.m3u8?k=v'];
		const second = ['#EXT-X-STREAM-INF:BANDWIDTH=2', '2.m3u8'];
		const text = media('#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8"', ...first, ...second);
		expect(parsePlaylist(text)).toEqual({ variant: 'hi/1.m3u8?k=v' });
	});

	it('returns no variant if it names none', () => {
		expect(parsePlaylist(media('#EXT-X-STREAM-INF:BANDWIDTH=1')).variant).toBeUndefined();
	});
});

describe('media playlist', () => {
	it('returns start and end, counted over its segments', () => {
		const text = media(date(START), segment(6), segment(6), segment('2.500'), '#EXT-X-ENDLIST');
		expect(parsePlaylist(text)).toEqual({ startMs, endMs: startMs + 14_500 });
	});

	it('counts back to the start from a later date, in whole milliseconds', () => {
		const lengths = Array.from({ length: 100 }, () => segment(6.0061));
		const text = media(...lengths, date('2026-11-23T18:10:00.610Z'), segment(6.0061));
		expect(parsePlaylist(text)).toEqual({ startMs, endMs: startMs + 606_616 });
	});

	it('counts on from the last date, so that a gap counts', () => {
		const text = media(date(START), segment(6), '#EXT-X-DISCONTINUITY', date('2026-11-23T18:05:00Z'), segment(6));
		expect(parsePlaylist(text)).toEqual({ startMs, endMs: startMs + 306_000 });
	});

	it.each(['2026-11-23T18:00:00Z', '2026-11-23T19:00:00+01:00', '2026-11-23T23:30:00.000+0530'])(
		'accepts %s',
		(time) => {
			expect(parsePlaylist(media(date(time), segment(6))).startMs).toBe(startMs);
		},
	);

	it.each(['2026-11-23T18:00:00', '2026-11-23', 'soon', ''])('ignores the date %p', (time) => {
		const { startMs: start, endMs: end } = parsePlaylist(media(date(time), segment(6)));
		expect([start, end]).toEqual([undefined, undefined]);
	});

	it.each([
		[0, startMs],
		[1, startMs],
		[2, undefined],
		[1440, undefined],
	])('that begins at segment %d begins at %p', (sequence, expected) => {
		const playlist = parsePlaylist(media(`#EXT-X-MEDIA-SEQUENCE:${sequence}`, date(START), segment(6)));
		expect(playlist.startMs).toBe(expected);
		expect(playlist.endMs).toBe(startMs + 6000);
	});

	it('ignores invalid durations', () => {
		expect(parsePlaylist(media(date(START), segment('x'), segment(-6), segment(6))).endMs).toBe(startMs + 6000);
	});

	it('accepts Windows line ends, spaces and a byte order mark', () => {
		const text = `\uFEFF${media(`${date(START)} `, segment(6)).replaceAll('\n', '\r\n')}`;
		expect(parsePlaylist(text)).toEqual({ startMs, endMs: startMs + 6000 });
	});
});

describe('playlist', () => {
	it.each(['', '<html></html>', '{}', `x\n${media(date(START))}`])('without times: %p', (text) => {
		expect(parsePlaylist(text)).toEqual({});
	});
});
