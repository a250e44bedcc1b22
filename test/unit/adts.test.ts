import { Demuxer } from '../../nodes/Videograph/media/demux';
import { soundAt } from '../emulator/media/sound';

const RATE = 44_100;
const FRAME_SECONDS = 1024 / RATE;
const CLOCK_RATE = 90_000;

/** Frames of AAC-LC with 44.1 kHz and two channels, each with its header (ISO/IEC 13818-7, 6.2). */
function adts(frames: number): Buffer {
	const data = soundAt(500);
	const length = 7 + data.length;
	const header = Buffer.from([
		0xff,
		0xf1,
		0x50,
		0x80 | (length >> 11),
		(length >> 3) & 0xff,
		((length & 7) << 5) | 0x1f,
		0xfc,
	]);
	return Buffer.concat(Array.from({ length: frames }, () => [header, data]).flat());
}

/** Packed audio (RFC 8216, 3.4). @param start in units of the clock of MPEG-TS */
function packed(start: number, frames: number): Buffer {
	const time = Buffer.alloc(8);
	time.writeBigUInt64BE(BigInt(start));
	const content = Buffer.concat([Buffer.from('com.apple.streaming.transportStreamTimestamp\0'), time]);
	const size = (length: number) => Buffer.of(0, 0, length >> 7, length & 0x7f);
	const frame = Buffer.concat([Buffer.from('PRIV'), size(content.length), Buffer.alloc(2), content]);
	return Buffer.concat([Buffer.from('ID3\u0004\0\0'), size(frame.length), frame, adts(frames)]);
}

const timesOf = async (segment: Buffer): Promise<number[]> => {
	const { audio } = await new Demuxer().read(segment, ['audio']);
	return audio?.packets.map(({ timestamp }) => timestamp) ?? [];
};
const frameTimes = (start: number, frames: number) =>
	Array.from({ length: frames }, (_, index) => expect.closeTo(start + index * FRAME_SECONDS, 4) as number);

describe('frames of sound', () => {
	it.each([
		['', 900_000],
		[' of a clock of 33 bits', 2 ** 33 - 1],
	])('in packed audio have the time of its tag%s', async (_name, start) => {
		expect(await timesOf(packed(start, 3))).toEqual(frameTimes(start / CLOCK_RATE, 3));
		expect(await timesOf(adts(3))).toEqual(frameTimes(0, 3));
	});
});
