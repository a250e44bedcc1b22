import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions, IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isObject } from '../shared/values';
import { readEnvelope } from './envelope';
import { answerError, networkCode, noAnswerError, stoppedError, unexpectedAnswerError } from './errors';
import { Gate } from './gate';
import { API_PATH, path } from './path';
import { arrivalOfNetworkError, arrivalOfStatus, readRetryAfter, waitBeforeRepeat, type Arrival } from './retry';
import type {
	ClipListItem,
	ClipRequest,
	Content,
	CreatedClip,
	Livestream,
	VideoClipListItem,
	VideoClipRequest,
} from './types';

/** What the client needs of n8n. */
export interface Transport {
	/** Sends one request with the credential's authentication. */
	send(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse>;
	/** Gets a text from anywhere, without authentication. */
	download(url: string): Promise<unknown>;
}

/** How a client repeats requests. */
export interface Patience {
	/** Sleeps that many milliseconds, and tells whether the execution goes on. */
	pause(milliseconds: number): Promise<boolean>;
	/** The longest wait that the API may ask for, in milliseconds. */
	longestWaitMs: number;
}

/** Without patience nothing is repeated. */
const NEVER: Patience = { pause: async () => await Promise.resolve(false), longestWaitMs: 0 };

/** How long one request may take, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** A request that did not succeed. */
interface Failure {
	error: NodeApiError;
	arrival: Arrival;
	retryAfterMs?: number;
}

/** What became of a request that makes something. */
export type Sent<T> =
	| { answer: T }
	/** Where it may have arrived, what it asked for may exist, and it must not be sent again unseen. */
	| { error: NodeApiError; mayHaveArrived: boolean };

/**
 * The Videograph API, a method a call, as docs/openapi.yaml describes it. Every method rejects with a NodeApiError in
 * the API's own words where the API refuses, fails or does not answer. What may be repeated without harm is repeated.
 */
export class VideographClient {
	private readonly gate: Gate;

	/** @param origin scheme and host of the API, without a path and without a slash at its end */
	constructor(
		private readonly node: INode,
		private readonly origin: string,
		private readonly transport: Transport,
		private readonly patience: Patience = NEVER,
	) {
		this.gate = new Gate((milliseconds) => patience.pause(milliseconds));
	}

	/** @param record true for the live streams that are recorded, false for those that are not */
	async listLivestreams(record: boolean): Promise<Livestream[]> {
		return await this.list<Livestream>('/livestreams', 'streamUUID', { record });
	}

	async getLivestream(streamId: string): Promise<Livestream> {
		return await this.one<Livestream>(path`/livestreams/${streamId}`, 'streamUUID');
	}

	/**
	 * Starts the making of a clip. Which ids the answer holds is not documented: any of CreatedClip's, or none.
	 *
	 * @returns what became of the request; unlike the other methods it does not reject
	 */
	async createClip(streamId: string, clip: ClipRequest): Promise<Sent<CreatedClip>> {
		return await this.create(path`/livestreams/${streamId}/clips`, clip);
	}

	/** The clips of a stream, or undefined where the API has no such list: it is not documented. */
	async listClips(streamId: string): Promise<ClipListItem[] | undefined> {
		return await this.ifThere(this.list<ClipListItem>(path`/livestreams/${streamId}/clips`, 'clipUUID'));
	}

	/** Starts the making of a clip of a video; as `createClip`, it does not reject. */
	async createVideoClip(contentId: string, clip: VideoClipRequest): Promise<Sent<CreatedClip>> {
		return await this.create(path`/contents/${contentId}/clips`, clip);
	}

	/** The clips of a video, or undefined where the API has no such list: it is not documented. */
	async listVideoClips(contentId: string): Promise<VideoClipListItem[] | undefined> {
		return await this.ifThere(this.list<VideoClipListItem>(path`/contents/${contentId}/clips`, 'uuid'));
	}

	/** One page of the videos. The server may ignore both parameters. */
	async listContents(start: number, limit: number): Promise<Content[]> {
		return await this.list<Content>('/contents', 'contentId', { start, limit });
	}

	async getContent(contentId: string): Promise<Content> {
		return await this.one<Content>(path`/contents/${contentId}`, 'contentId');
	}

	/** A text file that the API has named, such as a playlist. */
	async download(url: string): Promise<string> {
		const call = `GET ${url}`;
		try {
			const text = await this.transport.download(url);
			if (typeof text === 'string') return text;
		} catch (error) {
			throw noAnswerError(this.node, call, error);
		}
		throw unexpectedAnswerError(this.node, call, 'the text');
	}

	/** The live stream, or undefined where there is none of that id, or no such call: it is not documented. */
	async findLivestream(streamId: string): Promise<Livestream | undefined> {
		return await this.ifThere(this.getLivestream(streamId));
	}

	/** The video, or undefined where there is none of that id. */
	async findContent(contentId: string): Promise<Content | undefined> {
		return await this.ifThere(this.getContent(contentId));
	}

	/** Starts the making of a clip, whatever it is cut from. */
	private async create(apiPath: string, body: object): Promise<Sent<CreatedClip>> {
		const result = await this.request('POST', apiPath, { body });
		if ('error' in result) return { error: result.error, mayHaveArrived: result.arrival === 'unclear' };
		return { answer: isObject(result.data) ? result.data : {} };
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

	/** An answer, or undefined where the API says that there is no such thing. */
	private async ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
		return await answer.catch((error: unknown) => {
			if (error instanceof NodeApiError && (error.httpCode === '404' || error.httpCode === '405')) return undefined;
			throw error;
		});
	}

	private async call(method: IHttpRequestMethods, apiPath: string, parts: { qs?: IDataObject } = {}): Promise<unknown> {
		const result = await this.request(method, apiPath, parts);
		if ('error' in result) throw result.error;
		return result.data;
	}

	/** Sends a request, and again as long as that is worth while and does no harm. */
	private async request(
		method: IHttpRequestMethods,
		apiPath: string,
		parts: { qs?: IDataObject; body?: object },
	): Promise<{ data: unknown } | Failure> {
		for (let count = 1; ; count++) {
			if (!(await this.gate.pass())) {
				return { error: stoppedError(this.node, `${method} ${apiPath}`), arrival: 'notSent' };
			}
			const result = await this.attempt(method, apiPath, parts);
			if ('data' in result) return result;

			const { arrival, retryAfterMs } = result;
			const { longestWaitMs } = this.patience;
			const wait = waitBeforeRepeat(arrival, count, method === 'GET', retryAfterMs, longestWaitMs);
			if (wait === undefined) return result;
			// What the API asks of one request it asks of all.
			if (arrival === 'limited' || retryAfterMs !== undefined) this.gate.close(wait);
			if (!(await this.patience.pause(wait))) return result;
		}
	}

	private async attempt(
		method: IHttpRequestMethods,
		apiPath: string,
		parts: { qs?: IDataObject; body?: object },
	): Promise<{ data: unknown } | Failure> {
		const call = `${method} ${apiPath}`;
		let answer: IN8nHttpFullResponse;
		try {
			answer = await this.transport.send({
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
		} catch (thrown) {
			return { error: noAnswerError(this.node, call, thrown), arrival: arrivalOfNetworkError(networkCode(thrown)) };
		}
		const { statusCode, body, headers } = answer;
		const envelope = readEnvelope(statusCode, body);
		if (envelope.ok) return { data: envelope.data };
		const retryAfterMs = readRetryAfter(headers['retry-after'], Date.now());
		const error = answerError(this.node, call, statusCode, envelope.message, isObject(body), retryAfterMs);
		return { error, arrival: arrivalOfStatus(statusCode), retryAfterMs };
	}
}

function holdsId<T extends object>(data: unknown, idKey: keyof T & string): data is T {
	return isObject(data) && typeof data[idKey] === 'string' && data[idKey] !== '';
}
