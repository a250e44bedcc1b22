import type { IDataObject, INode } from 'n8n-workflow';
import { path } from './path';
import type { FileToSend } from './putFile';
import { ifThere, Requests, type Patience, type Sent, type Transport } from './requests';
import type {
	ClipListItem,
	ClipRequest,
	Content,
	CreateContent,
	CreateContentAdvanced,
	CreatedClip,
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

export type { Patience, Sent, Transport } from './requests';

/**
 * The Videograph API, a method a call, as docs/openapi.yaml describes it. What makes something returns what became of
 * the request; every other method rejects with a NodeApiError in the API's own words where the API refuses, fails or
 * does not answer. What may be repeated without harm is repeated.
 */
export class VideographClient {
	private readonly requests: Requests;

	/** @param origin scheme and host of the API, without a path and without a slash at its end */
	constructor(node: INode, origin: string, transport: Transport, patience?: Patience) {
		this.requests = new Requests(node, origin, transport, patience);
	}

	/** @param record true for the live streams that are recorded, false for those that are not */
	async listLivestreams(record: boolean): Promise<Livestream[]> {
		return await this.requests.list<Livestream>('/livestreams', 'streamUUID', { record });
	}

	async getLivestream(streamId: string): Promise<Livestream> {
		return await this.requests.one<Livestream>(path`/livestreams/${streamId}`, 'streamUUID');
	}

	/** The live stream, or undefined where there is none of that id, or no such call: it is not documented. */
	async findLivestream(streamId: string): Promise<Livestream | undefined> {
		return await ifThere(this.getLivestream(streamId));
	}

	/** Its answer holds the stream key, which is a secret. */
	async createLivestream(stream: CreateLivestream): Promise<Sent<Livestream>> {
		return await this.requests.createOne<Livestream>('/livestreams', stream, 'streamUUID');
	}

	/** Whether the API keeps what is left out is not known. The answer's data may be anything, or {}. */
	async updateLivestream(streamId: string, stream: UpdateLivestream): Promise<IDataObject> {
		return await this.requests.bring('PUT', path`/livestreams/${streamId}`, stream);
	}

	async deleteLivestream(streamId: string): Promise<void> {
		await this.requests.bring('DELETE', path`/livestreams/${streamId}`);
	}

	/** Not documented. The stream is not Active yet when it returns. */
	async startLivestream(streamId: string): Promise<void> {
		await this.requests.bring('POST', path`/livestreams/${streamId}/start`);
	}

	/** Not documented. The stream is not Idle yet when it returns. */
	async stopLivestream(streamId: string): Promise<void> {
		await this.requests.bring('POST', path`/livestreams/${streamId}/stop`);
	}

	/** Which ids the answer holds is not documented: any of CreatedClip's, or none. */
	async createClip(streamId: string, clip: ClipRequest): Promise<Sent<CreatedClip>> {
		return await this.requests.create(path`/livestreams/${streamId}/clips`, clip);
	}

	/** The clips of a stream, or undefined where the API has no such list: it is not documented. */
	async listClips(streamId: string): Promise<ClipListItem[] | undefined> {
		return await ifThere(this.requests.list<ClipListItem>(path`/livestreams/${streamId}/clips`, 'clipUUID'));
	}

	async createVideoClip(contentId: string, clip: VideoClipRequest): Promise<Sent<CreatedClip>> {
		return await this.requests.create(path`/contents/${contentId}/clips`, clip);
	}

	/** The clips of a video, or undefined where the API has no such list: it is not documented. */
	async listVideoClips(contentId: string): Promise<VideoClipListItem[] | undefined> {
		return await ifThere(this.requests.list<VideoClipListItem>(path`/contents/${contentId}/clips`, 'uuid'));
	}

	/** One page of the videos. The server may ignore both parameters. */
	async listContents(start: number, limit: number): Promise<Content[]> {
		return await this.requests.list<Content>('/contents', 'contentId', { start, limit });
	}

	async getContent(contentId: string): Promise<Content> {
		return await this.requests.one<Content>(path`/contents/${contentId}`, 'contentId');
	}

	/** The video, or undefined where there is none of that id. */
	async findContent(contentId: string): Promise<Content | undefined> {
		return await ifThere(this.getContent(contentId));
	}

	/** Makes a video from a public URL. */
	async createContent(content: CreateContent): Promise<Sent<Content>> {
		return await this.requests.createOne<Content>('/contents', content, 'contentId');
	}

	/** Makes a video with overlays, text and a cut list. */
	async createContentAdvanced(content: CreateContentAdvanced): Promise<Sent<Content>> {
		return await this.requests.createOne<Content>('/contents/adv', content, 'contentId');
	}

	/** Whether the API keeps what is left out is not known. The answer's data may be anything, or {}. */
	async updateContent(contentId: string, content: UpdateContent): Promise<IDataObject> {
		return await this.requests.bring('PUT', path`/contents/${contentId}`, content);
	}

	async deleteContent(contentId: string): Promise<void> {
		await this.requests.bring('DELETE', path`/contents/${contentId}`);
	}

	/** The address of the HLS playlist, or undefined where the API tells none: the call is not documented. */
	async getPlaybackUrl(contentId: string): Promise<string | undefined> {
		const url = await ifThere(this.requests.get(path`/contents/${contentId}/playback_url`));
		return typeof url === 'string' && url !== '' ? url : undefined;
	}

	/** Makes a thumbnail and sets it as the video's default. */
	async createThumbnail(contentId: string, thumbnail: CreateThumbnail): Promise<Sent<IDataObject>> {
		return await this.requests.create(path`/contents/${contentId}/thumbnails`, thumbnail);
	}

	/** Adds a subtitle, or replaces the one of the same language. */
	async createSubtitle(contentId: string, subtitle: CreateSubtitle): Promise<Sent<{ uuid?: string }>> {
		return await this.requests.create(path`/contents/${contentId}/subtitles`, subtitle);
	}

	/** The subtitles of a video, or undefined where the API has no such list: it is not documented. */
	async listSubtitles(contentId: string): Promise<Subtitle[] | undefined> {
		return await ifThere(this.requests.list<Subtitle>(path`/contents/${contentId}/subtitles`, 'uuid'));
	}

	/** Not documented. */
	async deleteSubtitle(contentId: string, subtitleId: string): Promise<void> {
		await this.requests.bring('DELETE', path`/contents/${contentId}/subtitles/${subtitleId}`);
	}

	/** The URL that takes the file with a PUT, without the credential's login: it carries a signature of its own. */
	async createUpload(fileName: string): Promise<Sent<{ url: string }>> {
		return await this.requests.createOne<{ url: string }>('/uploads', { file_name: fileName }, 'url');
	}

	/** Sends a file to the URL of `createUpload`, once. */
	async putFile(url: string, file: FileToSend): Promise<void> {
		await this.requests.putFile(url, file);
	}

	/** A key for signed playback. What the answer holds is not documented; it is a secret. */
	async createSigningKey(key: CreateSigningKey): Promise<Sent<IDataObject>> {
		return await this.requests.create('/signing-keys', key);
	}

	/** A text file that the API has named, such as a playlist. */
	async download(url: string): Promise<string> {
		return await this.requests.download(url);
	}
}
