import type { VideographClient } from '../api/client';

/** A recording is available for 12 hours from the start of its broadcast (docs.videograph.ai). In milliseconds. */
export const RECORDING_WINDOW_MS = 12 * 60 * 60 * 1000;

/**
 * When the recording of a broadcast expires, in epoch milliseconds.
 *
 * @param startMs the start of the broadcast, in epoch milliseconds
 */
export function recordingExpiresMs(startMs: number): number {
	return startMs + RECORDING_WINDOW_MS;
}

/** The start and end of a recording in epoch milliseconds, as far as the API reports them. */
export interface RecordingTimes {
	/** undefined if the live stream does not exist. */
	live: boolean | undefined;
	startMs?: number;
	/** Only if the stream is not live. */
	endMs?: number;
}

/** Fetches the recording times of live streams, once per stream and execution. */
export class RecordingTimesCache {
	private readonly cache = new Map<string, Promise<RecordingTimes>>();

	constructor(private readonly client: VideographClient) {}

	async get(streamId: string): Promise<RecordingTimes> {
		const times = this.cache.get(streamId) ?? this.fetch(streamId);
		this.cache.set(streamId, times);
		return await times;
	}

	private async fetch(streamId: string): Promise<RecordingTimes> {
		const stream = await this.client.findLivestream(streamId);
		// If the stream does not exist, the request to create the clip fails with the API's error.
		if (!stream) return { live: undefined };
		const live = stream.phase === 'live';
		if (live && stream.activeSinceMs !== null) return { live, startMs: stream.activeSinceMs };
		const { startMs, endMs } = await fetchRecordingTimes(this.client, stream.playbackUrl);
		return live ? { live, startMs } : { live, startMs, endMs };
	}
}

/**
 * Reads the start and end of a recording from its HLS playlist.
 *
 * @param playbackUrl the URL of the playlist
 * @returns times in epoch milliseconds; none if the playlist does not exist or cannot be parsed
 */
export async function fetchRecordingTimes(client: VideographClient, playbackUrl: string | null): Promise<Playlist> {
	if (playbackUrl === null || !/^https?:\/\//i.test(playbackUrl)) return {};
	try {
		const playlist = parsePlaylist(await client.download(playbackUrl));
		if (playlist.variant === undefined) return playlist;
		return parsePlaylist(await client.download(new URL(playlist.variant, playbackUrl).href));
	} catch {
		return {};
	}
}

/** The content of an HLS playlist that is relevant here. */
export interface Playlist {
	/** The URI of the first variant of a master playlist, which contains no times. */
	variant?: string;
	/** The start of the first segment in epoch milliseconds; undefined if earlier segments were removed. */
	startMs?: number;
	/** The end of the last segment, in epoch milliseconds. */
	endMs?: number;
}

const HAS_ZONE = /(z|[+-]\d{2}:?\d{2})$/i;

/**
 * Parses an HLS playlist (RFC 8216). The times come from its program date-times: forward over the durations of the
 * segments, and backward from the first date-time to the first segment.
 */
export function parsePlaylist(text: string): Playlist {
	const lines = text.split(/\r?\n/).map((line) => line.trim());
	if (lines[0] !== '#EXTM3U') return {};
	const variantIndex = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF:'));
	if (variantIndex >= 0) {
		return { variant: lines.slice(variantIndex).find((line) => line !== '' && !line.startsWith('#')) };
	}

	let isFromStart = true;
	let startMs: number | undefined;
	let positionMs: number | undefined;
	let elapsedMs = 0;
	for (const line of lines) {
		const [tag, value] = splitTag(line);
		if (tag === '#EXT-X-MEDIA-SEQUENCE') isFromStart = Number(value) <= 1;
		if (tag === '#EXT-X-PROGRAM-DATE-TIME') {
			// Without a zone, Date.parse would use the zone of this machine.
			const timeMs = HAS_ZONE.test(value) ? Date.parse(value) : Number.NaN;
			if (Number.isNaN(timeMs)) continue;
			startMs ??= Math.round(timeMs - elapsedMs);
			positionMs = timeMs;
		}
		if (tag === '#EXTINF') {
			const durationMs = Math.max(parseFloat(value) * 1000, 0) || 0;
			elapsedMs += durationMs;
			if (positionMs !== undefined) positionMs += durationMs;
		}
	}
	return { ...(isFromStart && { startMs }), endMs: positionMs === undefined ? undefined : Math.round(positionMs) };
}

function splitTag(line: string): [tag: string, value: string] {
	const colon = line.indexOf(':');
	return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
}
