import type { OutputFormat } from 'mediabunny';
import type { Sample } from './camera';
import type { PictureSize } from './clockPicture';
import { codecOf, decoderConfiguration } from './h264';
import { AUDIO_CODEC, AUDIO_CONFIGURATION, CHANNELS, SAMPLE_RATE } from './sound';

/** A segment of HLS in one of its two containers, or a file. */
export type Container = 'ts' | 'fmp4' | 'mp4';

/** What is in a file; one of both tracks may be missing. */
export interface Tracks {
	video?: { samples: Sample[]; size: PictureSize };
	audio?: { samples: Sample[] };
	/** The time of the clock, in epoch milliseconds, that is 0 in the file. */
	zeroMs: number;
}

/** Writes tracks to a file. @returns its bytes, and those of the initialization section that an fMP4 segment needs */
export async function mux(
	container: Container,
	{ video, audio, zeroMs }: Tracks,
): Promise<{ data: Buffer; init: Buffer }> {
	// It takes a moment to load, and few tests need it.
	const library = await import('mediabunny');
	const formats: Record<Container, () => OutputFormat> = {
		ts: () => new library.MpegTsOutputFormat(),
		// A fragment for each key picture: the library (1.61) marks only the first picture of a fragment as one.
		fmp4: () => new library.CmafOutputFormat(video && { minimumFragmentDuration: 0 }),
		mp4: () => new library.Mp4OutputFormat({ fastStart: 'in-memory' }),
	};
	const [target, initTarget] = [new library.BufferTarget(), new library.BufferTarget()];
	const output = new library.Output({ format: formats[container](), target, initTarget });
	const pictureSource = new library.EncodedVideoPacketSource('avc');
	const soundSource = new library.EncodedAudioPacketSource('aac');
	if (video) output.addVideoTrack(pictureSource);
	if (audio) output.addAudioTrack(soundSource);
	await output.start();

	const packets = (samples: Sample[]) =>
		samples.map(({ data, isKey, timeMs, durationMs }) => {
			return new library.EncodedPacket(data, isKey ? 'key' : 'delta', (timeMs - zeroMs) / 1000, durationMs / 1000);
		});
	if (video) {
		const { size } = video;
		const description = decoderConfiguration(size);
		const meta = {
			decoderConfig: { codec: codecOf(size), codedWidth: size.width, codedHeight: size.height, description },
		};
		for (const packet of packets(video.samples)) await pictureSource.add(packet, meta);
		pictureSource.close();
	}
	if (audio) {
		const meta = {
			decoderConfig: {
				codec: AUDIO_CODEC,
				sampleRate: SAMPLE_RATE,
				numberOfChannels: CHANNELS,
				description: AUDIO_CONFIGURATION,
			},
		};
		for (const packet of packets(audio.samples)) await soundSource.add(packet, meta);
		soundSource.close();
	}
	await output.finalize();
	const bytes = ({ buffer }: { buffer: ArrayBuffer | null }) => Buffer.from(buffer ?? new ArrayBuffer(0));
	return { data: bytes(target), init: bytes(initTarget) };
}
