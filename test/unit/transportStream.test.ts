import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Demuxer } from '../../nodes/Videograph/media/demux';
import type { Packet, TrackKind } from '../../nodes/Videograph/media/packet';
import { TransportStreamReader } from '../../nodes/Videograph/media/transportStream';
import { pictures, sounds } from '../emulator/media/camera';
import { pictureSize } from '../emulator/media/clockPicture';
import { mux } from '../emulator/media/mux';
import { readTracks } from '../engine/mp4File';

const SIZE = pictureSize(180);
const RANGE = { fromMs: 0, toMs: 2000 };
const PACKET_BYTES = 188;
const PICTURE_PID = 0x100;
const KINDS: TrackKind[] = ['video', 'audio'];

/** Of an encoder with B-frames. */
const encoded = (index: number): Buffer =>
	readFileSync(join(__dirname, `../../../test/fixtures/bframes-${index}.mpegts`));

async function recorded(kinds: TrackKind[], padding = 0): Promise<Buffer> {
	const video = { samples: pictures(RANGE, SIZE, padding), size: SIZE };
	const audio = { samples: sounds(RANGE, 0) };
	const tracks = { ...(kinds.includes('video') && { video }), ...(kinds.includes('audio') && { audio }) };
	return (await mux('ts', { ...tracks, zeroMs: -10_000 })).data;
}

const dataOf = ({ data }: Pick<Packet, 'data'>): Buffer => Buffer.concat(data);

/** A segment with other bytes at the packets of a transport stream. */
function changed(segment: Buffer, change: (packet: Buffer, index: number) => void): Buffer {
	const copy = Buffer.from(segment);
	for (let at = 0; at < copy.length; at += PACKET_BYTES)
		change(copy.subarray(at, at + PACKET_BYTES), at / PACKET_BYTES);
	return copy;
}

const pidOf = (packet: Buffer): number => packet.readUInt16BE(1) & 0x1fff;
/** Of a packet that starts a picture or frames of sound. */
const streamOf = (packet: Buffer): number | undefined => {
	const at = packet.indexOf(Buffer.of(0, 0, 1));
	return (packet[1] ?? 0) & 0x40 && at >= 0 ? packet[at + 3] : undefined;
};
/** Joins a PES packet of a stream to the one before. */
const withoutSecondStart = (stream: number) => {
	let starts = 0;
	return (packet: Buffer) => {
		if (streamOf(packet) === stream && ++starts === 2) packet[1] = (packet[1] ?? 0) & ~0x40;
	};
};
/** Without the mark of pictures at which decoding can begin. */
const unmarked = (packet: Buffer): void => {
	if (streamOf(packet) === 0xe0 && (packet[3] ?? 0) & 0x20) packet[5] = (packet[5] ?? 0) & ~0x40;
};

/** A segment with some of its pictures. */
function partOf(segment: Buffer, from: number, to: number): Buffer {
	let index = -1;
	const packets = Array.from({ length: segment.length / PACKET_BYTES }, (_, at) =>
		segment.subarray(at * PACKET_BYTES, (at + 1) * PACKET_BYTES),
	);
	const kept = packets.filter((packet) => {
		if (streamOf(packet) === 0xe0) index++;
		return pidOf(packet) !== PICTURE_PID || (index >= from && index < to);
	});
	return Buffer.concat(kept);
}

describe('a transport stream', () => {
	it.each<[string, () => Buffer | Promise<Buffer>, TrackKind[]]>([
		['with B-frames', () => encoded(0), KINDS],
		['that continues', () => encoded(1), KINDS],
		['with padding', async () => await recorded(KINDS, 5000), KINDS],
		['without sound', async () => await recorded(['video']), ['video']],
		['without pictures', async () => await recorded(['audio']), ['audio']],
	])('%s has the packets that the library reads', async (_name, segment, kinds) => {
		const bytes = await segment();
		const expected = await readTracks(bytes, true);
		const tracks = new TransportStreamReader().read(bytes, KINDS);
		expect([...(tracks?.keys() ?? [])]).toEqual(kinds);
		for (const kind of kinds) {
			const { packets = [] } = tracks?.get(kind) ?? {};
			const times = (list: Array<Pick<Packet, 'timestamp' | 'duration' | 'isKey'>>) =>
				list.map(({ timestamp, duration, isKey }) => ({ timestamp, duration, isKey }));
			expect(times(packets)).toEqual(times(expected[kind]));
			const lengths = kind === 'video' ? 2 : 1;
			const parts = packets.map(({ data }) =>
				Buffer.concat(data.filter((_, index) => index % lengths === lengths - 1)),
			);
			expect(Buffer.concat(parts).equals(Buffer.concat(expected[kind].map(({ data }) => data)))).toBe(true);
		}
	});

	it('has the kinds that are requested', async () => {
		const tracks = new TransportStreamReader().read(await recorded(KINDS), ['audio']);
		expect([...(tracks?.keys() ?? [])]).toEqual(['audio']);
	});

	it.each<[string, (packet: Buffer, index: number) => void]>([
		['marks no key pictures', unmarked],
		['has two pictures in a PES packet', withoutSecondStart(0xe0)],
		['has a PES packet longer than it announces', withoutSecondStart(0xc0)],
		[
			'has sound that is not in frames',
			(packet) => {
				if (streamOf(packet) === 0xc0) packet[packet.lastIndexOf(0xff)] = 0;
			},
		],
		[
			'has a stream of another kind',
			(packet) => pidOf(packet) === 0x1000 && packet.write('\u0024', packet.indexOf('\u001b')),
		],
		['has no tables', (packet, index) => index === 0 && packet.writeUInt16BE(0x5fff, 1)],
		['has lost its sync byte', (packet, index) => index === 9 && packet.write('\0')],
		[
			'has PES packets without a time',
			(packet) => {
				const at = packet.indexOf(Buffer.of(0, 0, 1, 0xc0));
				if (at >= 0) packet[at + 7] = 0;
			},
		],
	])('is left to the library if it %s', async (_name, change) => {
		const bytes = changed(await recorded(KINDS), change);
		expect(new TransportStreamReader().read(bytes, KINDS)).toBeUndefined();
	});

	it.each([
		['without a key picture', 1, 25],
		['with a key picture later', 10, 40],
		['with pictures as usual', 25, 50],
	])('%s continues the last one', async (_name, from, to) => {
		const whole = await recorded(KINDS);
		const part = partOf(whole, from, to);
		const demuxer = new Demuxer();
		const { video } = await demuxer.read(whole, KINDS);
		const expected = video?.packets.slice(from, to).map((packet) => ({ ...packet, data: dataOf(packet) }));
		const continued = await demuxer.read(part, KINDS);
		expect(continued.video?.sampleEntry).toEqual(video?.sampleEntry);
		expect(continued.video?.packets.map((packet) => ({ ...packet, data: dataOf(packet) }))).toEqual(expected);
		expect(continued.audio?.packets).toHaveLength(94);
	});

	it('may begin before its first key picture', async () => {
		const { video } = await new Demuxer().read(partOf(await recorded(KINDS), 10, 40), KINDS);
		expect(video?.packets.map(({ isKey }) => isKey).indexOf(true)).toBe(15);
	});

	it('is left to the library if it has no key picture, and nothing is before it', async () => {
		expect(new TransportStreamReader().read(partOf(await recorded(KINDS), 1, 25), KINDS)).toBeUndefined();
	});

	it('is the same if the library reads it', async () => {
		const usual = await new Demuxer().read(encoded(0), KINDS);
		const unusual = await new Demuxer().read(changed(encoded(0), unmarked), KINDS);
		for (const kind of KINDS) {
			const { packets = [], ...format } = usual[kind] ?? {};
			const { packets: others = [], ...otherFormat } = unusual[kind] ?? {};
			expect(format).toEqual(otherFormat);
			expect(packets.map((packet) => ({ ...packet, data: dataOf(packet) }))).toEqual(
				others.map((packet) => ({ ...packet, data: dataOf(packet) })),
			);
		}
	});
});
