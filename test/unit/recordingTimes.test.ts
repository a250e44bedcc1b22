import type { VideographClient } from '../../nodes/Videograph/api/client';
import { decodeLivestream } from '../../nodes/Videograph/api/decode';
import { fetchRecordingTimes, RecordingTimesCache } from '../../nodes/Videograph/livestream/recordingTimes';

const START = Date.parse('2026-11-23T18:00:00Z');
const MEDIA = '#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T18:00:00Z\n#EXTINF:6,\na.ts';
const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhi/1.m3u8';
const URL_OF_PLAYLIST = 'https://play/live/a.m3u8';

/** A service with this live stream and these files. */
function service(stream: object | undefined, texts: Record<string, string> = { [URL_OF_PLAYLIST]: MEDIA }) {
	const asked: string[] = [];
	const client = {
		findLivestream: (id: string) => {
			asked.push(id);
			return Promise.resolve(stream && decodeLivestream({ streamUUID: id, ...stream }));
		},
		download: (url: string) => {
			asked.push(url);
			const text = texts[url];
			return text === undefined ? Promise.reject(new Error('none')) : Promise.resolve(text);
		},
	};
	return { client: client as unknown as VideographClient, asked };
}

describe('recording times', () => {
	it.each([
		[
			'live, with a start',
			{ status: 'Active', activeSince: 5, playbackUrl: URL_OF_PLAYLIST },
			{ live: true, startMs: 5 },
		],
		[
			'live, without a start',
			{ status: 'Active', activeSince: null, playbackUrl: URL_OF_PLAYLIST },
			{ live: true, startMs: START },
		],
		[
			'ended',
			{ status: 'Idle', activeSince: 5, playbackUrl: URL_OF_PLAYLIST },
			{ live: false, startMs: START, endMs: START + 6000 },
		],
		['without a playlist', { status: 'Idle' }, { live: false }],
		['missing', undefined, { live: undefined }],
	])('of a stream: %s', async (_, stream, times) => {
		const { client } = service(stream);
		const told = await new RecordingTimesCache(client).get('stream');
		expect(told).toEqual(times);
		expect('endMs' in told).toBe(stream?.status === 'Idle');
	});

	it('request each stream once', async () => {
		const { client, asked } = service({ status: 'Active', activeSince: 5 });
		const times = new RecordingTimesCache(client);
		await Promise.all([times.get('a'), times.get('a'), times.get('b')]);
		await times.get('a');
		expect(asked).toEqual(['a', 'b']);
	});

	it('follow a master playlist to its first variant', async () => {
		const { client, asked } = service(undefined, { [URL_OF_PLAYLIST]: MASTER, 'https://play/live/hi/1.m3u8': MEDIA });
		expect(await fetchRecordingTimes(client, URL_OF_PLAYLIST)).toEqual({ startMs: START, endMs: START + 6000 });
		expect(asked).toEqual([URL_OF_PLAYLIST, 'https://play/live/hi/1.m3u8']);
	});

	it('are unknown without a playlist', async () => {
		for (const url of [null, '', 'play/a.m3u8', 'ftp://play', 'xhttps://play', 'https:play']) {
			const { client, asked } = service(undefined, { [String(url)]: MEDIA });
			expect(await fetchRecordingTimes(client, url)).toEqual({});
			expect(asked).toEqual([]);
		}
		expect(await fetchRecordingTimes(service(undefined).client, 'https://play/gone')).toEqual({});
		for (const url of ['http://play/a', 'HTTPS://play/a']) {
			expect(await fetchRecordingTimes(service(undefined, { [url]: MEDIA }).client, url)).toMatchObject({
				startMs: START,
			});
		}
	});
});
