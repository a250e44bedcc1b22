export type TrackKind = 'video' | 'audio';

/** An encoded picture or frame of sound. */
export interface Packet {
	/** Its bytes in an MP4, in parts: they are copied once, to the file. */
	data: Uint8Array[];
	/** When it is presented, in seconds on the timeline of the segment. */
	timestamp: number;
	/** In seconds. */
	duration: number;
	isKey: boolean;
}
