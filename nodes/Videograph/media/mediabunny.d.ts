/** The bundled library (see tools/bundle/mediabunny.ts). */
export {
	ADTS,
	BufferSource,
	BufferTarget,
	EncodedAudioPacketSource,
	EncodedPacket,
	EncodedPacketSink,
	EncodedVideoPacketSource,
	Input,
	MP3,
	MP4,
	Mp4OutputFormat,
	MPEG_TS,
	Output,
} from 'mediabunny';
