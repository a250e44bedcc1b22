import type { VideographClient } from '../api/client';
import { isLive } from './status';
import { stringOrNull } from '../utils/values';
import { parsePlaylist, type Playlist } from './playlist';

/** When a stream began and ended, in epoch milliseconds, as far as the API tells. */
export interface RecordingTimes {
	/** undefined: the stream's state cannot be read. */
	live: boolean | undefined;
	startMs?: number;
	/** Of a stream that is not live. */
	endMs?: number;
}

/** Asks for the times of streams, each stream once in a run. */
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
		// Where there is no such stream, making the clip will say so in the API's words.
		if (!stream) return { live: undefined };
		const live = isLive(stream);
		const since = stream.activeSince;
		if (live && typeof since === 'number') return { live, startMs: since };
		const { startMs, endMs } = await fetchRecordingTimes(this.client, stream.playbackUrl);
		return live ? { live, startMs } : { live, startMs, endMs };
	}
}

/**
 * What the playlist of a recording tells.
 *
 * @param url where the playlist is
 * @returns times in epoch milliseconds; nothing where there is no playlist, or where it cannot be read
 */
export async function fetchRecordingTimes(client: VideographClient, url: unknown): Promise<Playlist> {
	const playbackUrl = stringOrNull(url);
	if (playbackUrl === null || !/^https?:\/\//i.test(playbackUrl)) return {};
	try {
		const playlist = parsePlaylist(await client.download(playbackUrl));
		if (playlist.variant === undefined) return playlist;
		return parsePlaylist(await client.download(new URL(playlist.variant, playbackUrl).href));
	} catch {
		return {};
	}
}
