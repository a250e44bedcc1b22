import { BufferTarget, EncodedAudioPacketSource, EncodedPacket, MpegTsOutputFormat, Output } from 'mediabunny';
import { Demuxer } from '../../nodes/Videograph/media/demux';
import { Remuxer } from '../../nodes/Videograph/media/remuxer';
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

/** A transport stream with 7 frames in each PES packet. */
async function stream(pesPackets: number): Promise<Buffer> {
	const target = new BufferTarget();
	const output = new Output({ format: new MpegTsOutputFormat(), target });
	const source = new EncodedAudioPacketSource('aac');
	output.addAudioTrack(source);
	await output.start();
	const decoderConfig = { codec: 'mp4a.40.2', sampleRate: RATE, numberOfChannels: 2 };
	const lasts = 7 * FRAME_SECONDS;
	for (let index = 0; index < pesPackets; index++) {
		await source.add(new EncodedPacket(adts(7), 'key', index * lasts, lasts), { decoderConfig });
	}
	await output.finalize();
	return Buffer.from(target.buffer ?? new ArrayBuffer(0));
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

	it('whose length is no whole number of the clock last equally long', async () => {
		const segment = await new Demuxer().read(await stream(20), ['audio']);
		expect(segment.audio?.packets.map(({ timestamp }) => timestamp)).toEqual(frameTimes(0, 140));
		const remuxer = new Remuxer();
		remuxer.add(segment, 0);
		const index = Buffer.from(remuxer.file.finish(false));
		const stts = index.indexOf('stts');
		expect([8, 12, 16].map((at) => index.readUInt32BE(stts + at))).toEqual([1, 140, 1024]);
	});
});
