import { addDemoStreams } from '../emulator/demo';
import { START } from './api';
import { HOUR_MS, useEmulator } from './emulatorHarness';

const api = useEmulator();

describe('emulator live streams', () => {
	it('are listed by whether they are recorded', async () => {
		api.emulator.addStream({ streamUUID: 's2', title: 'Rehearsal', record: false });
		const thumbnailUrl = expect.any(String);
		expect((await api.send('GET', '/livestreams?record=true')).body).toMatchObject({
			data: [{ streamUUID: api.stream.streamUUID, title: 'Derby', status: 'Active', thumbnailUrl }],
		});
		expect((await api.send('GET', '/livestreams?record=false')).body).toMatchObject({
			data: [{ streamUUID: 's2', title: 'Rehearsal', status: 'Idle', created_at: START }],
		});
		expect((await api.send('GET', '/livestreams')).body).toEqual({ code: 400, message: 'record is missing' });
	});

	it('have a start time only while they are live', async () => {
		const path = `/livestreams/${api.stream.streamUUID}`;
		expect((await api.send('GET', path)).body).toMatchObject({
			data: { status: 'Active', activeSince: START - HOUR_MS },
		});
		api.stream.endedAt = api.now;
		const { body } = await api.send('GET', path);
		expect(body).toMatchObject({ data: { status: 'Idle' } });
		expect(body).not.toHaveProperty('data.activeSince');
	});

	it('of the demo are one live, one not recorded and one expired', async () => {
		const live = addDemoStreams(api.emulator);
		const [, rehearsal, expired] = api.emulator.streams;
		expect((await api.createClip({}, live)).status).toBe(201);
		expect((await api.createClip({}, rehearsal)).body).toMatchObject({ message: 'The live stream is not recorded' });
		expect((await api.createClip({}, expired)).body).toMatchObject({ message: 'The recording has expired' });
	});
});

describe('emulator playlist', () => {
	/** The media playlist of the stream's playback URL. */
	async function media(target = api.stream): Promise<{ status: number; lines: string[] }> {
		const { body } = await api.send('GET', `/livestreams/${target.streamUUID}`);
		const { playbackUrl } = (body as { data: { playbackUrl: string } }).data;
		const master = await fetch(playbackUrl);
		const variant = (await master.text()).split('\n').find((line) => line !== '' && !line.startsWith('#'));
		if (!master.ok || variant === undefined) return { status: master.status, lines: [] };
		const answer = await fetch(new URL(variant, playbackUrl));
		return { status: answer.status, lines: (await answer.text()).split('\n') };
	}

	const count = (lines: string[], tag: string) => lines.filter((line) => line.startsWith(tag)).length;

	it('has the times of all segments from the start, without credentials', async () => {
		const { status, lines } = await media();
		expect(status).toBe(200);
		expect(lines).toContain('#EXT-X-MEDIA-SEQUENCE:0');
		expect(lines.find((line) => line.startsWith('#EXT-X-PROGRAM'))).toBe(
			'#EXT-X-PROGRAM-DATE-TIME:2026-01-10T14:00:00.000Z',
		);
		expect(count(lines, '#EXTINF')).toBe(600);
		expect(lines).not.toContain('#EXT-X-ENDLIST');
		expect(api.emulator.requests.at(-1)).toMatchObject({
			path: `/hls/${api.stream.streamUUID}/180p.m3u8`,
			account: undefined,
			status: 200,
		});
	});

	it('ends with the stream, on a shorter segment', async () => {
		api.stream.endedAt = START - HOUR_MS + 14_500;
		const { lines } = await media();
		expect(lines.filter((line) => line.startsWith('#EXTINF'))).toEqual([
			'#EXTINF:6.000,',
			'#EXTINF:6.000,',
			'#EXTINF:2.500,',
		]);
		expect(lines).toContain('#EXT-X-ENDLIST');
	});

	it('contains 12 hours at most', async () => {
		api.now += 14 * HOUR_MS;
		const { lines } = await media();
		expect(count(lines, '#EXTINF')).toBe(7200);
		expect(lines).toContain('#EXT-X-MEDIA-SEQUENCE:1800');
	});

	it('can be without dates, or only the last segments', async () => {
		api.emulator.options.playlist = 'plain';
		const plain = (await media()).lines;
		expect([count(plain, '#EXTINF'), count(plain, '#EXT-X-PROGRAM-DATE-TIME')]).toEqual([600, 0]);
		api.emulator.options.playlist = 'sliding';
		const sliding = (await media()).lines;
		expect([count(sliding, '#EXTINF'), count(sliding, '#EXT-X-PROGRAM-DATE-TIME')]).toEqual([5, 5]);
		expect(sliding).toContain('#EXT-X-MEDIA-SEQUENCE:595');
	});

	it('can be missing, and is missing if the stream was never live', async () => {
		expect((await media(api.emulator.addStream())).status).toBe(404);
		api.emulator.options.playlist = 'missing';
		expect((await media()).status).toBe(404);
		for (const path of [`${api.stream.streamUUID}/other.m3u8`, 'x/master.m3u8']) {
			expect((await fetch(`${api.emulator.url}/hls/${path}`)).status).toBe(404);
		}
	});
});
