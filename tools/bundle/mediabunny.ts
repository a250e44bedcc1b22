/** The parts of mediabunny that the node uses. */
export {
	ADTS,
	BufferSource,
	BufferTarget,
	EncodedAudioPacketSource,
	EncodedPacketSink,
	EncodedVideoPacketSource,
	Input,
	MP3,
	MP4,
	Mp4OutputFormat,
	MPEG_TS,
	Output,
} from 'mediabunny';
