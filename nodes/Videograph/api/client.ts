import type { IDataObject } from 'n8n-workflow';
import { stringOrNull } from '../utils/values';
import {
	type CreatedClip,
	decodeCreatedClip,
	decodeListedClip,
	decodeListedVideoClip,
	decodeLivestream,
	decodeSubtitle,
	decodeVideo,
	type ListedClip,
	type Livestream,
	type Subtitle,
	type Video,
} from './decode';
import { noResponseError, unexpectedDataError } from './errors';
import { HttpClient, NO_RETRY, type RetryOptions, undefinedIfNotFound } from './httpClient';
import { MediaFiles } from './mediaFiles';
import type { Transport } from './transport';
import type * as Api from './types';
import { type UploadBody, uploadFile } from './uploadFile';
import { path } from './urls';

export type { RetryOptions } from './httpClient';

/** How many similar requests are sent at the same time. */
export const MAX_PARALLEL_REQUESTS = 5;

/**
 * The Videograph API, one method per endpoint of docs/openapi.yaml. All methods reject with a VideographError that has
 * the API's message. Requests are retried if that is safe.
 */
export class VideographClient {
	/** The files of videos, on the hosts that their details name. */
	readonly files: MediaFiles;
	private readonly http: HttpClient;

	/** @param origin Base URL of the API without a trailing slash */
	constructor(
		origin: string,
		private readonly transport: Transport,
		retry: RetryOptions = NO_RETRY,
	) {
		this.http = new HttpClient(origin, transport, retry);
		this.files = new MediaFiles(transport.open, transport.signal, retry);
	}

	/** @param record true: recorded live streams; false: all others */
	async listLivestreams(record: boolean): Promise<Livestream[]> {
		const streams = await this.http.getList<Api.LivestreamResponse>('/livestreams', 'streamUUID', { record });
		return streams.map((stream) => decodeLivestream(stream, record));
	}

	async getLivestream(streamId: string): Promise<Livestream> {
		return decodeLivestream(
			await this.http.getOne<Api.LivestreamResponse>(path`/livestreams/${streamId}`, 'streamUUID'),
		);
	}

	/** The live stream, or undefined if it or the endpoint (undocumented) does not exist. */
	async findLivestream(streamId: string): Promise<Livestream | undefined> {
		return await undefinedIfNotFound(this.getLivestream(streamId));
	}

	async createLivestream(stream: Api.CreateLivestream): Promise<Livestream> {
		const response = await this.http.createWithId<Api.LivestreamResponse>('/livestreams', stream, 'streamUUID');
		const { title, description, tags, metadata, record } = stream;
		// The response may lack fields of the request.
		const complete = decodeLivestream({ title, description, tags, metadata, ...response }, record);
		return { ...complete, raw: response };
	}

	/** It is unknown whether the API retains fields that are not sent. The response data may be anything, or {}. */
	async updateLivestream(streamId: string, stream: Api.UpdateLivestream): Promise<IDataObject> {
		return await this.http.sendIdempotent('PUT', path`/livestreams/${streamId}`, stream);
	}

	async deleteLivestream(streamId: string): Promise<void> {
		await this.http.sendIdempotent('DELETE', path`/livestreams/${streamId}`);
	}

	/** Undocumented. The stream is not Active yet when it resolves. */
	async startLivestream(streamId: string): Promise<void> {
		await this.http.sendIdempotent('POST', path`/livestreams/${streamId}/start`);
	}

	/** Undocumented. The stream is not Idle yet when it resolves. */
	async stopLivestream(streamId: string): Promise<void> {
		await this.http.sendIdempotent('POST', path`/livestreams/${streamId}/stop`);
	}

	async createClip(streamId: string, clip: Api.ClipRequest): Promise<CreatedClip> {
		return decodeCreatedClip(await this.http.create(path`/livestreams/${streamId}/clips`, clip));
	}

	/** The clips of a stream, or undefined if the endpoint (undocumented) does not exist. */
	async listClips(streamId: string): Promise<ListedClip[] | undefined> {
		const list = this.http.getList<Api.ClipListEntry>(path`/livestreams/${streamId}/clips`, 'clipUUID');
		return (await undefinedIfNotFound(list))?.map(decodeListedClip);
	}

	async createVideoClip(contentId: string, clip: Api.VideoClipRequest): Promise<CreatedClip> {
		return decodeCreatedClip(await this.http.create(path`/contents/${contentId}/clips`, clip));
	}

	/** The clips of a video, or undefined if the endpoint (undocumented) does not exist. */
	async listVideoClips(contentId: string): Promise<ListedClip[] | undefined> {
		const list = this.http.getList<Api.VideoClipListEntry>(path`/contents/${contentId}/clips`, 'uuid');
		return (await undefinedIfNotFound(list))?.map(decodeListedVideoClip);
	}

	/** One page of videos. The server may ignore both parameters. */
	async listContents(start: number, limit: number): Promise<Video[]> {
		const page = await this.http.getList<Api.VideoResponse>('/contents', 'contentId', { start, limit });
		return page.map(decodeVideo);
	}

	async getContent(contentId: string): Promise<Video> {
		return decodeVideo(await this.http.getOne<Api.VideoResponse>(path`/contents/${contentId}`, 'contentId'));
	}

	/** The video, or undefined if it does not exist. */
	async findContent(contentId: string): Promise<Video | undefined> {
		return await undefinedIfNotFound(this.getContent(contentId));
	}

	/** Creates a video from a public URL. */
	async createContent(content: Api.CreateContent): Promise<Video> {
		return decodeVideo(await this.http.createWithId<Api.VideoResponse>('/contents', content, 'contentId'));
	}

	/** Creates a video with overlays, text and a cut list. */
	async createContentAdvanced(content: Api.CreateContentAdvanced): Promise<Video> {
		return decodeVideo(await this.http.createWithId<Api.VideoResponse>('/contents/adv', content, 'contentId'));
	}

	/** It is unknown whether the API retains fields that are not sent. The response data may be anything, or {}. */
	async updateContent(contentId: string, content: Api.UpdateContent): Promise<IDataObject> {
		return await this.http.sendIdempotent('PUT', path`/contents/${contentId}`, content);
	}

	async deleteContent(contentId: string): Promise<void> {
		await this.http.sendIdempotent('DELETE', path`/contents/${contentId}`);
	}

	/** The URL of the HLS playlist, or null if the API (undocumented endpoint) returns none. */
	async getPlaybackUrl(contentId: string): Promise<string | null> {
		return stringOrNull(await undefinedIfNotFound(this.http.get(path`/contents/${contentId}/playback_url`)));
	}

	/** Creates a thumbnail and sets it as the video's default. */
	async createThumbnail(contentId: string, thumbnail: Api.CreateThumbnail): Promise<IDataObject> {
		return await this.http.create(path`/contents/${contentId}/thumbnails`, thumbnail);
	}

	/** Adds a subtitle, or replaces the one in the same language. */
	async createSubtitle(contentId: string, subtitle: Api.CreateSubtitle): Promise<Subtitle> {
		const raw = await this.http.create(path`/contents/${contentId}/subtitles`, subtitle);
		return { ...decodeSubtitle({ ...subtitle, uuid: raw.uuid }), raw };
	}

	/** The subtitles of a video, or undefined if the endpoint (undocumented) does not exist. */
	async listSubtitles(contentId: string): Promise<Subtitle[] | undefined> {
		const list = this.http.getList<Api.SubtitleResponse>(path`/contents/${contentId}/subtitles`, 'uuid');
		return (await undefinedIfNotFound(list))?.map(decodeSubtitle);
	}

	/** Undocumented. */
	async deleteSubtitle(contentId: string, subtitleId: string): Promise<void> {
		await this.http.sendIdempotent('DELETE', path`/contents/${contentId}/subtitles/${subtitleId}`);
	}

	/** The signed URL to PUT the file to, without the credentials. */
	async createUpload(fileName: string): Promise<{ url: string }> {
		return await this.http.createWithId<{ url: string }>('/uploads', { file_name: fileName }, 'url');
	}

	/** Uploads a file to the URL from `createUpload`. There are no retries. */
	async uploadFile(url: string, file: UploadBody): Promise<void> {
		await uploadFile(this.transport.upload, url, file);
	}

	/** Creates a key for signed playback. The response is undocumented, and a secret. */
	async createSigningKey(key: Api.CreateSigningKey): Promise<IDataObject> {
		return await this.http.create('/signing-keys', key);
	}

	/** Fetches a text file, such as a playlist, without the credentials. */
	async download(url: string): Promise<string> {
		const call = `GET ${url}`;
		const text = await this.transport.download(url).catch((error: unknown) => {
			throw noResponseError(call, error);
		});
		if (typeof text !== 'string') throw unexpectedDataError(call, 'the text');
		return text;
	}
}
