import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Demuxer, type TrackPackets } from '../../nodes/Videograph/media/demux';
import type { Packet } from '../../nodes/Videograph/media/packet';
import { Remuxer } from '../../nodes/Videograph/media/remuxer';
import { boxTypes, readTracks } from '../engine/mp4File';

/** Two segments of an encoder with B-frames: pictures are decoded in another order than they are shown. */
const SEGMENTS = [0, 1].map((index) => readFileSync(join(__dirname, `../../../test/fixtures/bframes-${index}.mpegts`)));

/** Writes a file in both ways: with its index in front, and at the end. */
function written(remuxer: Remuxer, chunks: Uint8Array[]): Array<[name: string, file: Buffer]> {
	const { header } = remuxer.file;
	return [
		['front', Buffer.concat([header, remuxer.file.finish(true), ...chunks])],
		['end', Buffer.concat([header, ...chunks, remuxer.file.finish(false)])],
	];
}

describe('pictures with B-frames and their sound', () => {
	it('have the data, order and times of the source, with the index in front and at the end', async () => {
		const demuxer = new Demuxer();
		const remuxer = new Remuxer();
		const chunks: Uint8Array[] = [];
		for (const bytes of SEGMENTS) chunks.push(remuxer.add(await demuxer.read(bytes, ['video', 'audio']), 0));
		const source = await readTracks(Buffer.concat(SEGMENTS), true);
		const start = Math.min(...[...source.video, ...source.audio].map(({ timestamp }) => timestamp));
		expect(source.video.some(({ timestamp }, index) => timestamp < (source.video[index - 1]?.timestamp ?? 0))).toBe(
			true,
		);
		const expected = (samples: typeof source.video) =>
			samples.map((sample) => ({
				...sample,
				// Sound is counted in samples of 1/48,000 s, and pictures in 1/90,000 s.
				timestamp: expect.closeTo(sample.timestamp - start, 4) as number,
				duration: expect.closeTo(sample.duration, 4) as number,
			}));
		for (const [name, file] of written(remuxer, chunks)) {
			expect(boxTypes(file)).toEqual(
				name === 'front' ? ['ftyp', 'moov', 'mdat', 'mdat'] : ['ftyp', 'mdat', 'mdat', 'moov'],
			);
			const { video, audio } = await readTracks(file);
			expect(video).toEqual(expected(source.video));
			expect(audio).toEqual(expected(source.audio));
		}
		expect(remuxer.size).toEqual({ width: 192, height: 108 });
		expect(remuxer.file.duration).toBeCloseTo(4.03, 2);
	});
});

const FORMAT = { sampleEntry: Buffer.from('\0\0\0\u0008mp4a', 'latin1') };

/** A track of sound of packets of a tenth of a second. */
function sound(...times: number[]): TrackPackets {
	const packets = times.map((timestamp): Packet => ({ data: [Buffer.of(1)], timestamp, duration: 0.1, isKey: true }));
	return { ...FORMAT, width: 0, height: 0, timescale: 1000, packets };
}

function pictures(...times: number[]): TrackPackets {
	return { ...sound(...times), width: 16, height: 16, timescale: 90_000 };
}

/** The times of a table of runs, such as `stts`, from its bytes. */
function runsOf(file: Uint8Array, type: string): number[][] {
	const bytes = Buffer.from(file);
	const tables: number[][] = [];
	for (let at = bytes.indexOf(type, 0, 'latin1'); at >= 0; at = bytes.indexOf(type, at + 4, 'latin1')) {
		const count = bytes.readUInt32BE(at + 8) * 2;
		tables.push(Array.from({ length: count }, (_, index) => bytes.readUInt32BE(at + 12 + index * 4)));
	}
	return tables;
}

describe('times', () => {
	const durations = (...segments: Array<[track: TrackPackets, timeline: number]>) => {
		const remuxer = new Remuxer();
		for (const [audio, timeline] of segments) remuxer.add({ audio }, timeline);
		return runsOf(remuxer.file.finish(false), 'stts')[0];
	};

	it('that are rounded become gapless', () => {
		expect(durations([sound(5, 5.1004, 5.1996), 0], [sound(5.3004, 5.4), 0])).toEqual([5, 100]);
	});

	it('keep a gap', () => {
		expect(durations([sound(5, 5.1), 0], [sound(7.2), 0])).toEqual([1, 100, 1, 2100, 1, 100]);
	});

	it.each([
		['a discontinuity', 0, 1],
		['a jump ahead that the playlist does not mention', 500, 0],
		['a jump back that the playlist does not mention', 2, 0],
	])('continue after %s', (_name, time, timeline) => {
		expect(durations([sound(5, 5.1), 0], [sound(time, time + 0.1), timeline])).toEqual([4, 100]);
	});

	it('continue when the clock of MPEG-TS begins again, between segments and within one', () => {
		const wrap = 2 ** 33 / 90_000;
		expect(durations([sound(wrap - 0.2, wrap - 0.1), 0], [sound(0, 0.1), 0])).toEqual([4, 100]);
		expect(durations([sound(wrap - 0.2, wrap - 0.1, 0, 0.1), 0])).toEqual([4, 100]);
	});

	it('never go back', () => {
		expect(durations([sound(5, 5.1, 5.05, 5.19), 0])).toEqual([1, 100, 1, 1, 1, 89, 1, 100]);
	});

	it.each([
		['a frame that is covered by more than a half is left out', 8.04, [1, 100, 1, 140, 2, 100]],
		['a frame that is covered by less shortens the last one', 8.06, [1, 100, 1, 60, 3, 100]],
	])('of sound longer than its pictures stay exact at a discontinuity: %s', (_name, start, expected) => {
		const remuxer = new Remuxer();
		remuxer.add({ video: pictures(3), audio: sound(3, 3.1) }, 0);
		remuxer.add({ video: pictures(8), audio: sound(start, start + 0.1, start + 0.2) }, 1);
		expect(runsOf(remuxer.file.finish(false), 'stts')[1]).toEqual(expected);
	});

	it('of sound keep their distance to pictures after a discontinuity', () => {
		const remuxer = new Remuxer();
		remuxer.add({ video: pictures(3, 3.1), audio: sound(3.05) }, 0);
		remuxer.add({ video: pictures(8, 8.1), audio: sound(8.05) }, 1);
		expect(runsOf(remuxer.file.finish(false), 'stts')).toEqual([
			[4, 9000],
			[1, 200, 1, 100],
		]);
	});

	/** The other track continues for 25 s. */
	const withPause = (paused: 'video' | 'audio') => {
		const remuxer = new Remuxer();
		remuxer.add({ video: pictures(0), audio: sound(0) }, 0);
		for (let time = 5; time < 30; time += 5) {
			remuxer.add(paused === 'video' ? { audio: sound(time) } : { video: pictures(time) }, 0);
		}
		return remuxer;
	};

	it.each([
		['pictures', 'video', [1, 2_700_000, 2, 9000], [6, 5000, 2, 100]],
		['sound', 'audio', [6, 450_000, 2, 9000], [1, 30_000, 2, 100]],
	] as const)('stay exact after a pause of %s', (_name, paused, video, audio) => {
		const remuxer = withPause(paused);
		for (const [time, timeline] of [[30, 0] as const, [500, 1] as const]) {
			remuxer.add({ video: pictures(time) }, timeline);
			remuxer.add({ audio: sound(time) }, timeline);
		}
		expect(runsOf(remuxer.file.finish(false), 'stts')).toEqual([video, audio]);
	});

	it('of a new timeline come after all sound if pictures paused', () => {
		const remuxer = withPause('video');
		remuxer.add({ video: pictures(500), audio: sound(500) }, 1);
		expect(runsOf(remuxer.file.finish(false), 'stts')).toEqual([
			[1, 2_259_000, 1, 9000],
			[5, 5000, 2, 100],
		]);
	});

	it('of a picture alone in its segment last as long as those before', () => {
		const remuxer = new Remuxer();
		const alone = pictures(0.2);
		for (const packet of alone.packets) packet.duration = 0;
		remuxer.add({ video: pictures(0, 0.1) }, 0);
		remuxer.add({ video: alone }, 0);
		expect(remuxer.file.duration).toBeCloseTo(0.3, 6);
		remuxer.add({ video: pictures(7) }, 1);
		expect(runsOf(remuxer.file.finish(false), 'stts')).toEqual([[4, 9000]]);
	});

	it('do not overflow after 13 hours', () => {
		const remuxer = new Remuxer();
		const hours = Array.from({ length: 15 }, (_, hour) => hour * 3600);
		for (const hour of hours)
			remuxer.add({ video: pictures(...Array.from({ length: 400 }, (_, i) => hour + i * 9)) }, 0);
		const index = Buffer.from(remuxer.file.finish(false));
		const mdhd = index.indexOf('mdhd', 0, 'latin1');
		expect(index[mdhd + 4]).toBe(1);
		expect(Number(index.readBigUInt64BE(mdhd + 28)) / 90_000).toBeCloseTo(14 * 3600 + 399 * 9 + 0.1, 3);
	});
});

it('a file larger than 4 GiB has large offsets', () => {
	const remuxer = new Remuxer();
	// Its data is never read.
	const data = Object.defineProperty(new Uint8Array(), 'length', { value: 3 * 2 ** 30 }) as Uint8Array;
	const track = pictures(0);
	for (let time = 0; time < 3; time++) {
		const samples = [{ data: [data], time: time * 90_000, duration: 90_000, isKey: true }];
		remuxer.file.add([{ kind: 'video', format: track, samples }]);
	}
	const index = Buffer.from(remuxer.file.finish(false));
	const co64 = index.indexOf('co64', 0, 'latin1');
	expect([index.readUInt32BE(co64 + 8), index.readBigUInt64BE(co64 + 28)]).toEqual([
		3,
		BigInt(28 + 2 * (8 + 3 * 2 ** 30) + 8),
	]);
});
