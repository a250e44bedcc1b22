import { parsePlaylist } from '../../nodes/Videograph/livestream/recordingTimes';
import { isObject } from '../../nodes/Videograph/utils/values';
import { Api, listOf, RequestFailed, type Response, textOf } from './api';
import type { Creations } from './creations';

/** Why a question cannot be answered: a sentence without a value of the account. */
export class Unanswerable extends Error {}

export type Item = Record<string, unknown>;

export interface Playlist {
	url: string;
	text: string;
}

/** Whether a playlist leads to others. */
export function isMaster({ text }: Playlist): boolean {
	return parsePlaylist(text).variant !== undefined;
}

const PAGE_SIZE = 100;
const REGION = 'us-east-1';
/** The length of the clip, and the distance of its end from now, in seconds: the last segments are not stored yet. */
const CLIP = { seconds: 10, beforeNow: 30 };
const READY = { pollMs: 3000, timeoutMs: 5 * 60_000 };
/** The details that an update of the live stream omits. */
const DETAILS = { description: 'Created by npm run probe', metadata: [{ key: 'n8n_probe', value: 'yes' }] };

/** What the questions ask about: the account, and what the probe creates in it. Each request is sent once. */
export class Account {
	private readonly answers = new Map<string, Promise<unknown>>();

	/** @param streamId of a live, recorded stream, if the user named one */
	constructor(
		readonly api: Api,
		private readonly creations: Creations,
		readonly streamId: string | undefined,
	) {}

	livestreams = (record: boolean) =>
		this.once(`livestreams ${record}`, async () => await this.read('listLivestreams', {}, { record }));

	contents = (start: number, limit: number) =>
		this.once(`contents ${start} ${limit}`, async () => await this.read('listContents', {}, { start, limit }));

	firstPage = async () => await this.contents(0, PAGE_SIZE);

	secondPage = async () => await this.contents(listOf(await this.firstPage()).length, PAGE_SIZE);

	/** The details of a live stream, of one that is live if there is any. */
	livestream = () =>
		this.once('livestream', async () => {
			const listed = [...listOf(await this.livestreams(true)), ...listOf(await this.livestreams(false))];
			const live = listed.find(({ status }) => status === 'Active') ?? listed[0];
			const streamId = this.streamId ?? textOf(live?.streamUUID);
			if (streamId === undefined) throw new Unanswerable('the account has no live stream');
			return await this.read('getLivestream', { streamId });
		});

	/** Whether `livestream` is live. */
	liveDetails = async (): Promise<Item> => {
		const { data } = await this.livestream();
		if (!isObject(data) || data.status !== 'Active') throw new Unanswerable('no live stream is live');
		return data;
	};

	/** The clip list of a recorded live stream. */
	clips = () => this.once('clips', async () => await this.listClips(await this.recordedStreamId()));

	/** The ID of a video that is ready. */
	videoId = async (): Promise<string> => {
		const ready = listOf(await this.firstPage()).find(({ status }) => status === 'Ready');
		const id = textOf(ready?.contentId);
		if (id === undefined) throw new Unanswerable('the account has no video that is ready');
		return id;
	};

	/** The details of a video that is ready. */
	video = () => this.once('video', async () => await this.read('getContent', { contentId: await this.videoId() }));

	ofVideo = (operationId: 'getPlaybackUrl' | 'listSubtitles') =>
		this.once(operationId, async () => await this.api.send({ operationId, path: { contentId: await this.videoId() } }));

	/** The response for a video that does not exist. */
	missing = () =>
		this.once('missing', async () => {
			const contentId = '00000000-0000-4000-8000-000000000000';
			return await this.api.send({ operationId: 'getContent', path: { contentId } });
		});

	/** The media playlist of a live stream; undefined if there is none. */
	playlist = () =>
		this.once('playlist', async () => {
			const url = textOf((await this.liveDetails()).playbackUrl);
			return url === undefined ? undefined : await this.mediaPlaylist(url);
		});

	// What the probe creates.

	/** The title of the live stream contains the characters that an API could change. */
	livestreamTitle = () => `${this.creations.marker} é 日 & <b> "q" 'a' #1`;

	createdLivestream = () =>
		this.once('createdLivestream', async () => {
			const body = { title: this.livestreamTitle(), region: REGION, record: false, ...DETAILS };
			return await this.creations.create('livestream', { operationId: 'createLivestream', body });
		});

	livestreamBefore = () => this.once('livestreamBefore', async () => await this.ownDetails(await this.ownId()));

	stoppedLivestream = () =>
		this.once('stoppedLivestream', async () => {
			return await this.api.send({ operationId: 'stopLivestream', path: { streamId: await this.ownId() } });
		});

	updatedLivestream = () =>
		this.once('updatedLivestream', async () => {
			await this.livestreamBefore();
			const body = { title: `${this.creations.marker} updated` };
			return await this.api.send({ operationId: 'updateLivestream', path: { streamId: await this.ownId() }, body });
		});

	livestreamAfter = () =>
		this.once('livestreamAfter', async () => {
			requireSuccess(await this.updatedLivestream());
			return await this.ownDetails(await this.ownId());
		});

	/** The details of the live stream right after its deletion. Everything else about it must be known before. */
	livestreamDeleted = () =>
		this.once('livestreamDeleted', async () => {
			const streamId = await this.ownId();
			await this.creations.remove(streamId);
			return await this.api.send({ operationId: 'getLivestream', path: { streamId } });
		});

	createdClip = () =>
		this.once('createdClip', async () => {
			const { streamId, creations, api } = this;
			if (streamId === undefined) throw new Unanswerable('VIDEOGRAPH_STREAM_ID is not set');
			await this.liveDetails();
			const endTime = Math.floor(api.clock.now() / 1000) - CLIP.beforeNow;
			const { metadata } = DETAILS;
			const body = { title: creations.marker, startTime: endTime - CLIP.seconds, endTime, metadata };
			return await creations.create('clip', { operationId: 'createClip', path: { streamId }, body });
		});

	/** The clip in the list of its live stream, right after it was created. */
	newClip = () =>
		this.once('newClip', async () => {
			requireSuccess(await this.createdClip());
			const response = requireSuccess(await this.listClips(this.streamId ?? ''));
			const clip = listOf(response).find(({ name }) => textOf(name)?.includes(this.creations.marker));
			if (!clip) throw new Unanswerable('the clip list does not contain the new clip');
			return clip;
		});

	/** The video of the clip, when it is ready. */
	clipVideo = () =>
		this.once('clipVideo', async () => {
			requireSuccess(await this.createdClip());
			const until = this.api.clock.now() + READY.timeoutMs;
			while (this.api.clock.now() < until) {
				const contentId = await this.creations.clipId();
				if (contentId !== undefined) {
					const { data } = await this.read('getContent', { contentId });
					if (isObject(data) && data.status === 'Ready') return data;
					if (isObject(data) && data.status === 'Failed') throw new Unanswerable('the clip failed');
				}
				await this.api.sleep(READY.pollMs);
			}
			throw new Unanswerable('the clip was not ready within 5 minutes');
		});

	/** The playlist at the playback URL of the clip. */
	clipEntry = () =>
		this.once('clipEntry', async () => {
			const url = textOf((await this.clipVideo()).playbackUrl);
			return requirePlaylist(url === undefined ? undefined : await this.playlistAt(url));
		});

	clipPlaylist = () =>
		this.once('clipPlaylist', async () => requirePlaylist(await this.mediaPlaylistOf(await this.clipEntry())).text);

	private async listClips(streamId: string): Promise<Response> {
		return await this.api.send({ operationId: 'listClips', path: { streamId } });
	}

	private async recordedStreamId(): Promise<string> {
		const id = this.streamId ?? textOf(listOf(await this.livestreams(true))[0]?.streamUUID);
		if (id === undefined) throw new Unanswerable('the account has no recorded live stream');
		return id;
	}

	private async ownId(): Promise<string> {
		const { data } = requireSuccess(await this.createdLivestream());
		const id = isObject(data) ? textOf(data.streamUUID) : undefined;
		if (id === undefined) throw new Unanswerable('the response to the creation of a live stream has no ID');
		return id;
	}

	private async ownDetails(streamId: string): Promise<Item> {
		const { data } = await this.read('getLivestream', { streamId });
		if (!isObject(data)) throw new Unanswerable('the details of the live stream are no object');
		return data;
	}

	/** @throws {Unanswerable} unless it succeeds */
	private async read(operationId: string, path: Record<string, string>, query?: object): Promise<Response> {
		return requireSuccess(await this.api.send({ operationId, path, query: { ...query } }));
	}

	/** The media playlist at a URL, directly or through a master playlist; undefined if there is none. */
	private async mediaPlaylist(url: string): Promise<string | undefined> {
		const playlist = await this.playlistAt(url);
		return playlist && (await this.mediaPlaylistOf(playlist))?.text;
	}

	private async mediaPlaylistOf(playlist: Playlist): Promise<Playlist | undefined> {
		const { variant } = parsePlaylist(playlist.text);
		return variant === undefined ? playlist : await this.playlistAt(new URL(variant, playlist.url).href);
	}

	/** undefined if there is no playlist at the URL. */
	private async playlistAt(url: string): Promise<Playlist | undefined> {
		if (!/^https?:\/\//i.test(url)) return undefined;
		const { status, text } = await this.api.download(url);
		return status === 200 && text.startsWith('#EXTM3U') ? { url, text } : undefined;
	}

	/** Sends what answers several questions once. */
	private async once<T>(key: string, ask: () => Promise<T>): Promise<T> {
		const answer = (this.answers.get(key) as Promise<T> | undefined) ?? ask();
		this.answers.set(key, answer);
		return await answer;
	}
}

/** @throws {Unanswerable} unless the response is a success */
function requireSuccess(response: Response): Response {
	const { name, status } = response;
	if (status < 200 || status >= 300) throw new Unanswerable(`${name} returned ${status}`);
	return response;
}

/** @throws {Unanswerable} without a playlist */
function requirePlaylist(playlist: Playlist | undefined): Playlist {
	if (!playlist) throw new Unanswerable('the playlist of the clip cannot be downloaded');
	return playlist;
}

/** The reason why a question has no answer, or undefined if the error is a fault of the probe. */
export function reasonOf(error: unknown): string | undefined {
	return error instanceof Unanswerable || error instanceof RequestFailed ? error.message : undefined;
}
