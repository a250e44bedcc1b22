/** What the emulator's media is like. What is not known of the real service is an option, so that each way can be played. */
export interface MediaOptions {
	/** The container of segments: MPEG-TS, or fragmented MP4. */
	container: 'ts' | 'fmp4';
	/** What is recorded, and whether sound is a rendition of its own. */
	tracks: 'together' | 'apart' | 'videoOnly' | 'audioOnly';
	/** The lines of each rendition, in the order of the master playlist. At least 180. */
	heights: number[];
	/** Bits per second of the picture, if it needs less: the rest is padding. Undefined: none. */
	bitRate: number | undefined;
	/** `drm`: the playlists name a key system, and the segments cannot be played. */
	encryption: 'none' | 'aes128' | 'drm';
	/** How playlists refer to other files. With `token`, files without the token of the playlist are refused with 403. */
	uris: 'relative' | 'absolute' | 'token';
	/** `direct`: the playback URL is a media playlist. `redirected`: it is at another URL, and the files are beside that one. */
	master: 'present' | 'direct' | 'redirected';
	/** Signed playback: the playback URL is refused with 403. */
	isSigned: boolean;
	segmentMs: number;
	/** After as many segments the timestamps begin again, with a discontinuity. */
	segmentsPerPart: number;
	/** The timestamp of the first segment, in seconds. MPEG-TS wraps at 95,443.7 s. */
	firstTimestamp: number;
	/** The field of the details with the URL of an MP4. The real one is unknown. Undefined: there is none. */
	mp4Field: string | undefined;
	/** The rate of all files together, in real time. Undefined: unlimited. */
	bytesPerSecond: number | undefined;
}

export const mediaDefaults: MediaOptions = {
	container: 'ts',
	tracks: 'together',
	heights: [180],
	bitRate: undefined,
	encryption: 'none',
	uris: 'relative',
	master: 'present',
	isSigned: false,
	segmentMs: 6000,
	segmentsPerPart: Infinity,
	firstTimestamp: 10,
	mp4Field: undefined,
	bytesPerSecond: undefined,
};
