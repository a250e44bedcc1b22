import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions, IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isObject } from '../utils/values';
import { readEnvelope } from './response';
import { responseError, networkCode, noResponseError, rateLimitedError, stoppedError, unexpectedResponseError } from './errors';
import { RateLimitGate } from './rateLimitGate';
import { API_PATH } from './path';
import { putFile, type UploadBody, type SendUpload } from './uploadFile';
import { classifyResponse, classifyNetworkError, parseRetryAfter, retryDelay, type FailureKind } from './retryPolicy';

/** What the client needs of n8n. */
export interface Transport {
	/** Sends one request with the credential's authentication; an HTTP status of any kind is an answer. */
	send(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse>;
	/** Gets a text from anywhere, without authentication. */
	download(url: string): Promise<unknown>;
	upload: SendUpload;
}

/** How a client repeats requests. */
export interface RetryOptions {
	/** Sleeps that many milliseconds, and tells whether the execution goes on. */
	delay(milliseconds: number): Promise<boolean>;
	/** The longest wait that the API may ask for, in milliseconds. */
	maxRetryAfterMs: number;
}

/** Without patience nothing is repeated. */
const NO_RETRY: RetryOptions = { delay: async () => await Promise.resolve(false), maxRetryAfterMs: 0 };

/** How long one request may take, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** What became of a request that makes something. */
export type CreateResult<T> =
	| { response: T }
	/** Where it may have arrived, what it asked for may exist, and it must not be sent again unseen. */
	| { error: NodeApiError; outcomeUnknown: boolean };

interface Call {
	method: IHttpRequestMethods;
	/** Under the API's base path, with its ids encoded. */
	apiPath: string;
	qs?: IDataObject;
	body?: object;
	/** Whether repeating it does no harm if it was carried out already. */
	idempotent: boolean;
}

/** A request that did not succeed. */
interface RequestFailure {
	error: NodeApiError;
	kind: FailureKind;
	retryAfterMs?: number;
}

/** Requests to the API, repeated where that is worth while and does no harm, and what their answers hold. */
export class HttpClient {
	private readonly gate: RateLimitGate;

	/** @param origin scheme and host of the API, without a path and without a slash at its end */
	constructor(
		private readonly node: INode,
		private readonly origin: string,
		private readonly transport: Transport,
		private readonly retry: RetryOptions = NO_RETRY,
	) {
		this.gate = new RateLimitGate((milliseconds) => retry.delay(milliseconds), retry.maxRetryAfterMs);
	}

	/**
	 * An answer's data, whatever it is.
	 *
	 * @throws {NodeApiError} in the API's own words where it refuses, fails or does not answer
	 */
	async get(apiPath: string, qs?: IDataObject): Promise<unknown> {
		return await this.data({ method: 'GET', apiPath, qs, idempotent: true });
	}

	/** An answer's data as one object that holds its id. */
	async getOne<T extends object>(apiPath: string, idKey: keyof T & string): Promise<T> {
		const data = await this.get(apiPath);
		if (!hasId<T>(data, idKey)) throw unexpectedResponseError(this.node, `GET ${apiPath}`, idKey);
		return data;
	}

	/** An answer's data as a list. An entry without its id is left out: nothing could be done with it. */
	async getList<T extends object>(apiPath: string, idKey: keyof T & string, qs?: IDataObject): Promise<T[]> {
		const data = await this.get(apiPath, qs);
		if (!Array.isArray(data)) throw unexpectedResponseError(this.node, `GET ${apiPath}`, 'the list');
		return data.filter((entry): entry is T => hasId<T>(entry, idKey));
	}

	/**
	 * Makes something. It is not repeated where it may have arrived, as the API would make a second one.
	 *
	 * @returns what became of it, with the answer's data, or {} where that is no object; it does not reject
	 */
	async create(apiPath: string, body: object): Promise<CreateResult<IDataObject>> {
		const result = await this.send({ method: 'POST', apiPath, body, idempotent: false });
		if ('error' in result) return { error: result.error, outcomeUnknown: result.kind === 'outcomeUnknown' };
		return { response: objectOrEmpty(result.data) };
	}

	/** As `create`, where the answer is of no use without one of its texts, such as the id. */
	async createWithId<T extends object>(apiPath: string, body: object, key: keyof T & string): Promise<CreateResult<T>> {
		const sent = await this.create(apiPath, body);
		if ('error' in sent) return sent;
		const { response } = sent;
		if (hasId<T>(response, key)) return { response };
		return { error: unexpectedResponseError(this.node, `POST ${apiPath}`, key), outcomeUnknown: true };
	}

	/**
	 * Does what may be done twice: brings something into a state. A DELETE that is repeated after an unclear answer and
	 * then finds nothing has done its work the first time.
	 *
	 * @returns the answer's data, or {} where that is no object
	 * @throws {NodeApiError} as `get`
	 */
	async sendIdempotent(method: 'POST' | 'PUT' | 'DELETE', apiPath: string, body?: object): Promise<IDataObject> {
		return objectOrEmpty(await this.data({ method, apiPath, body, idempotent: true }));
	}

	/** A text from anywhere, without the credential's login. */
	async download(url: string): Promise<string> {
		const call = `GET ${url}`;
		try {
			const text = await this.transport.download(url);
			if (typeof text === 'string') return text;
		} catch (error) {
			throw noResponseError(this.node, call, error);
		}
		throw unexpectedResponseError(this.node, call, 'the text');
	}

	/** A file to the address that the API has named for it, without the credential's login. It is sent once. */
	async putFile(url: string, file: UploadBody): Promise<void> {
		await putFile(this.node, this.transport.upload, url, file);
	}

	private async data(call: Call): Promise<unknown> {
		const result = await this.send(call);
		if ('error' in result) throw result.error;
		return result.data;
	}

	/** Sends a request, and again as long as that is worth while and does no harm. */
	private async send(call: Call): Promise<{ data: unknown } | RequestFailure> {
		let mayHaveSucceeded = false;
		for (let count = 1; ; count++) {
			const closed = await this.gate.waitUntilOpen();
			if (closed) {
				const name = callName(call);
				const error = closed === 'stopped' ? stoppedError(this.node, name) : rateLimitedError(this.node, name, closed.closedForMs);
				return { error, kind: mayHaveSucceeded ? 'outcomeUnknown' : 'notSent' };
			}
			const result = await this.attempt(call);
			if ('data' in result) return result;

			const { kind, retryAfterMs, error } = result;
			if (mayHaveSucceeded && call.method === 'DELETE' && error.httpCode === '404') return { data: undefined };
			mayHaveSucceeded ||= kind === 'outcomeUnknown';
			const wait = retryDelay(kind, count, call.idempotent, retryAfterMs, this.retry.maxRetryAfterMs);
			// What the API asks of one request it asks of all, whether this one is sent again or not.
			const asked = retryAfterMs ?? (kind === 'rateLimited' ? wait : undefined);
			if (asked !== undefined) this.gate.closeFor(asked);
			if (wait === undefined) return result;
			if (!(await this.retry.delay(wait))) return result;
		}
	}

	private async attempt(call: Call): Promise<{ data: unknown } | RequestFailure> {
		const { method, apiPath, qs, body: sent } = call;
		let answer: IN8nHttpFullResponse;
		try {
			answer = await this.transport.send({
				...(qs && { qs }),
				...(sent && { body: sent }),
				method,
				url: `${this.origin}${API_PATH}${apiPath}`,
				json: true,
				timeout: REQUEST_TIMEOUT_MS,
				disableFollowRedirect: true,
			});
		} catch (thrown) {
			const kind = classifyNetworkError(networkCode(thrown));
			return { error: noResponseError(this.node, callName(call), thrown), kind };
		}
		const { statusCode, body, headers } = answer;
		const envelope = readEnvelope(statusCode, body);
		if (envelope.ok) return { data: envelope.data };
		const retryAfterMs = parseRetryAfter(headers['retry-after'], headers.date, Date.now());
		const error = responseError(this.node, callName(call), statusCode, envelope.message, isObject(body), retryAfterMs);
		return { error, kind: classifyResponse(statusCode, body), retryAfterMs };
	}
}

/** An answer, or undefined where the API says that there is no such thing, or no such call. */
export async function undefinedIfNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
	return await answer.catch((error: unknown) => {
		if (error instanceof NodeApiError && (error.httpCode === '404' || error.httpCode === '405')) return undefined;
		throw error;
	});
}

function callName({ method, apiPath }: Call): string {
	return `${method} ${apiPath}`;
}

function objectOrEmpty(data: unknown): IDataObject {
	return isObject(data) ? (data as IDataObject) : {};
}

function hasId<T extends object>(data: unknown, idKey: keyof T & string): data is T {
	return isObject(data) && typeof data[idKey] === 'string' && data[idKey] !== '';
}
