import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions, IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { isObject } from '../shared/values';
import { readEnvelope } from './envelope';
import { answerError, noAnswerError, unexpectedAnswerError } from './errors';
import { API_PATH, path } from './path';
import type { ClipListItem, ClipRequest, Content, CreatedClip, Livestream } from './types';

/** Sends one request with the credential's authentication: n8n's own helper in the node. */
export type Send = (options: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;

/** How long one request may take, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The Videograph API, a method a call, as docs/openapi.yaml describes it. Every method rejects with a NodeApiError in
 * the API's own words where the API refuses, fails or does not answer.
 */
export class VideographClient {
	/** @param origin scheme and host of the API, without a path and without a slash at its end */
	constructor(
		private readonly node: INode,
		private readonly origin: string,
		private readonly send: Send,
	) {}

	/** @param record true for the live streams that are recorded, false for those that are not */
	async listLivestreams(record: boolean): Promise<Livestream[]> {
		return await this.list<Livestream>('/livestreams', 'streamUUID', { record });
	}

	async getLivestream(streamId: string): Promise<Livestream> {
		return await this.one<Livestream>(path`/livestreams/${streamId}`, 'streamUUID');
	}

	/** Starts the making of a clip. Which ids the answer holds is not documented: any of CreatedClip's, or none. */
	async createClip(streamId: string, clip: ClipRequest): Promise<CreatedClip> {
		const data = await this.call('POST', path`/livestreams/${streamId}/clips`, { body: clip });
		return isObject(data) ? data : {};
	}

	async listClips(streamId: string): Promise<ClipListItem[]> {
		return await this.list<ClipListItem>(path`/livestreams/${streamId}/clips`, 'clipUUID');
	}

	async getContent(contentId: string): Promise<Content> {
		return await this.one<Content>(path`/contents/${contentId}`, 'contentId');
	}

	/** An answer's data as one object that holds its id. */
	private async one<T extends object>(apiPath: string, idKey: keyof T & string): Promise<T> {
		const data = await this.call('GET', apiPath);
		if (!holdsId<T>(data, idKey)) throw unexpectedAnswerError(this.node, `GET ${apiPath}`, idKey);
		return data;
	}

	/** An answer's data as a list. An entry without its id is no entry that anything could be done with: it is left out. */
	private async list<T extends object>(apiPath: string, idKey: keyof T & string, qs?: IDataObject): Promise<T[]> {
		const data = await this.call('GET', apiPath, { qs });
		if (!Array.isArray(data)) throw unexpectedAnswerError(this.node, `GET ${apiPath}`, 'the list');
		return data.filter((entry): entry is T => holdsId<T>(entry, idKey));
	}

	private async call(
		method: IHttpRequestMethods,
		apiPath: string,
		parts: { qs?: IDataObject; body?: object } = {},
	): Promise<unknown> {
		const call = `${method} ${apiPath}`;
		let answer: IN8nHttpFullResponse;
		try {
			answer = await this.send({
				...parts,
				method,
				url: `${this.origin}${API_PATH}${apiPath}`,
				json: true,
				timeout: REQUEST_TIMEOUT_MS,
				returnFullResponse: true,
				// The API's own message is in the body of an error, and n8n's helper would send a 401 twice.
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			});
		} catch (error) {
			throw noAnswerError(this.node, call, error);
		}
		const envelope = readEnvelope(answer.statusCode, answer.body);
		if (!envelope.ok) {
			throw answerError(this.node, call, answer.statusCode, envelope.message, isObject(answer.body));
		}
		return envelope.data;
	}
}

function holdsId<T extends object>(data: unknown, idKey: keyof T & string): data is T {
	return isObject(data) && typeof data[idKey] === 'string' && data[idKey] !== '';
}
