import type { IDataObject, INode } from 'n8n-workflow';
import { path } from './path';
import type { UploadBody } from './uploadFile';
import { undefinedIfNotFound, HttpClient, type RetryOptions, type CreateResult, type Transport } from './httpClient';
import type {
	ClipListItem,
	ClipRequest,
	Content,
	CreateContent,
	CreateContentAdvanced,
	CreateClipResponse,
	CreateLivestream,
	CreateSigningKey,
	CreateSubtitle,
	CreateThumbnail,
	Livestream,
	Subtitle,
	UpdateContent,
	UpdateLivestream,
	VideoClipListItem,
	VideoClipRequest,
} from './types';

export type { RetryOptions, CreateResult, Transport } from './httpClient';

/**
 * The Videograph API, a method a call, as docs/openapi.yaml describes it. What makes something returns what became of
 * the request; every other method rejects with a NodeApiError in the API's own words where the API refuses, fails or
 * does not answer. What may be repeated without harm is repeated.
 */
export class VideographClient {
	private readonly http: HttpClient;

	/** @param origin scheme and host of the API, without a path and without a slash at its end */
	constructor(node: INode, origin: string, transport: Transport, patience?: RetryOptions) {
		this.http = new HttpClient(node, origin, transport, patience);
	}

	/** @param record true for the live streams that are recorded, false for those that are not */
	async listLivestreams(record: boolean): Promise<Livestream[]> {
		return await this.http.getList<Livestream>('/livestreams', 'streamUUID', { record });
	}

	async getLivestream(streamId: string): Promise<Livestream> {
		return await this.http.getOne<Livestream>(path`/livestreams/${streamId}`, 'streamUUID');
	}

	/** The live stream, or undefined where there is none of that id, or no such call: it is not documented. */
	async findLivestream(streamId: string): Promise<Livestream | undefined> {
		return await undefinedIfNotFound(this.getLivestream(streamId));
	}

	/** Its answer holds the stream key, which is a secret. */
	async createLivestream(stream: CreateLivestream): Promise<CreateResult<Livestream>> {
		return await this.http.createWithId<Livestream>('/livestreams', stream, 'streamUUID');
	}

	/** Whether the API keeps what is left out is not known. The answer's data may be anything, or {}. */
	async updateLivestream(streamId: string, stream: UpdateLivestream): Promise<IDataObject> {
		return await this.http.sendIdempotent('PUT', path`/livestreams/${streamId}`, stream);
	}

	async deleteLivestream(streamId: string): Promise<void> {
		await this.http.sendIdempotent('DELETE', path`/livestreams/${streamId}`);
	}

	/** Not documented. The stream is not Active yet when it returns. */
	async startLivestream(streamId: string): Promise<void> {
		await this.http.sendIdempotent('POST', path`/livestreams/${streamId}/start`);
	}

	/** Not documented. The stream is not Idle yet when it returns. */
	async stopLivestream(streamId: string): Promise<void> {
		await this.http.sendIdempotent('POST', path`/livestreams/${streamId}/stop`);
	}

	/** Which ids the answer holds is not documented: any of CreatedClip's, or none. */
	async createClip(streamId: string, clip: ClipRequest): Promise<CreateResult<CreateClipResponse>> {
		return await this.http.create(path`/livestreams/${streamId}/clips`, clip);
	}

	/** The clips of a stream, or undefined where the API has no such list: it is not documented. */
	async listClips(streamId: string): Promise<ClipListItem[] | undefined> {
		return await undefinedIfNotFound(this.http.getList<ClipListItem>(path`/livestreams/${streamId}/clips`, 'clipUUID'));
	}

	async createVideoClip(contentId: string, clip: VideoClipRequest): Promise<CreateResult<CreateClipResponse>> {
		return await this.http.create(path`/contents/${contentId}/clips`, clip);
	}

	/** The clips of a video, or undefined where the API has no such list: it is not documented. */
	async listVideoClips(contentId: string): Promise<VideoClipListItem[] | undefined> {
		return await undefinedIfNotFound(this.http.getList<VideoClipListItem>(path`/contents/${contentId}/clips`, 'uuid'));
	}

	/** One page of the videos. The server may ignore both parameters. */
	async listContents(start: number, limit: number): Promise<Content[]> {
		return await this.http.getList<Content>('/contents', 'contentId', { start, limit });
	}

	async getContent(contentId: string): Promise<Content> {
		return await this.http.getOne<Content>(path`/contents/${contentId}`, 'contentId');
	}

	/** The video, or undefined where there is none of that id. */
	async findContent(contentId: string): Promise<Content | undefined> {
		return await undefinedIfNotFound(this.getContent(contentId));
	}

	/** Makes a video from a public URL. */
	async createContent(content: CreateContent): Promise<CreateResult<Content>> {
		return await this.http.createWithId<Content>('/contents', content, 'contentId');
	}

	/** Makes a video with overlays, text and a cut list. */
	async createContentAdvanced(content: CreateContentAdvanced): Promise<CreateResult<Content>> {
		return await this.http.createWithId<Content>('/contents/adv', content, 'contentId');
	}

	/** Whether the API keeps what is left out is not known. The answer's data may be anything, or {}. */
	async updateContent(contentId: string, content: UpdateContent): Promise<IDataObject> {
		return await this.http.sendIdempotent('PUT', path`/contents/${contentId}`, content);
	}

	async deleteContent(contentId: string): Promise<void> {
		await this.http.sendIdempotent('DELETE', path`/contents/${contentId}`);
	}

	/** The address of the HLS playlist, or undefined where the API tells none: the call is not documented. */
	async getPlaybackUrl(contentId: string): Promise<string | undefined> {
		const url = await undefinedIfNotFound(this.http.get(path`/contents/${contentId}/playback_url`));
		return typeof url === 'string' && url !== '' ? url : undefined;
	}

	/** Makes a thumbnail and sets it as the video's default. */
	async createThumbnail(contentId: string, thumbnail: CreateThumbnail): Promise<CreateResult<IDataObject>> {
		return await this.http.create(path`/contents/${contentId}/thumbnails`, thumbnail);
	}

	/** Adds a subtitle, or replaces the one of the same language. */
	async createSubtitle(contentId: string, subtitle: CreateSubtitle): Promise<CreateResult<{ uuid?: string }>> {
		return await this.http.create(path`/contents/${contentId}/subtitles`, subtitle);
	}

	/** The subtitles of a video, or undefined where the API has no such list: it is not documented. */
	async listSubtitles(contentId: string): Promise<Subtitle[] | undefined> {
		return await undefinedIfNotFound(this.http.getList<Subtitle>(path`/contents/${contentId}/subtitles`, 'uuid'));
	}

	/** Not documented. */
	async deleteSubtitle(contentId: string, subtitleId: string): Promise<void> {
		await this.http.sendIdempotent('DELETE', path`/contents/${contentId}/subtitles/${subtitleId}`);
	}

	/** The URL that takes the file with a PUT, without the credential's login: it carries a signature of its own. */
	async createUpload(fileName: string): Promise<CreateResult<{ url: string }>> {
		return await this.http.createWithId<{ url: string }>('/uploads', { file_name: fileName }, 'url');
	}

	/** Sends a file to the URL of `createUpload`, once. */
	async putFile(url: string, file: UploadBody): Promise<void> {
		await this.http.putFile(url, file);
	}

	/** A key for signed playback. What the answer holds is not documented; it is a secret. */
	async createSigningKey(key: CreateSigningKey): Promise<CreateResult<IDataObject>> {
		return await this.http.create('/signing-keys', key);
	}

	/** A text file that the API has named, such as a playlist. */
	async download(url: string): Promise<string> {
		return await this.http.download(url);
	}
}
