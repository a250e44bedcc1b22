/** AAC-LC as the camera sends it. */
export const SAMPLE_RATE = 48_000;
export const CHANNELS = 2;
export const FRAME_SAMPLES = 1024;
/** ISO/IEC 14496-3: AAC-LC, 48 kHz, two channels. */
export const AUDIO_CONFIGURATION = Buffer.from([0x11, 0x90]);
export const AUDIO_CODEC = 'mp4a.40.2';

/** The part of each second of the clock that has a tone. */
const TONE_MS = 100;

/**
 * One frame each of a tone and of silence. At 937.5 Hz a frame has 20 whole periods, so that it follows itself:
 * ffmpeg -f lavfi -i sine=frequency=937.5:sample_rate=48000 -ac 2 -c:a aac -b:a 64k -t 1 tone.aac
 */
const TONE = Buffer.from(
	'IRgPH91/67IMB2YVOUytTn5D7wkAqqquvAAwMDJmEZK7q0MSl+QiHiT9VZP9CnkAl4ln0WRqSjCmfzESUwJCUCUBfl0AKkC4BXRIAB0wBuiSid+B3okx' +
		'MAEwHYfhaniJ8h94SAVVVXXgAAAAAAAAAAAAAAAAADg=',
	'base64',
);
const SILENCE = Buffer.from('IRAEYIwc', 'base64');

/** The frame of sound that begins at a time of the clock, in epoch milliseconds. */
export function soundAt(timeMs: number): Buffer {
	return timeMs % 1000 < TONE_MS ? TONE : SILENCE;
}
