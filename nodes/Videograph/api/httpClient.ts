import type { IDataObject, IHttpRequestMethods, IN8nHttpFullResponse, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isObject } from '../utils/values';
import { readEnvelope } from './response';
import { responseError, networkCode, noResponseError, rateLimitedError, stoppedError, unexpectedResponseError } from './errors';
import { RateLimitGate } from './rateLimitGate';
import type { Transport } from './transport';
import { API_PATH } from './urls';
import { putFile, type UploadBody } from './uploadFile';
import { classifyResponse, classifyNetworkError, parseRetryAfter, retryDelay, type FailureKind } from './retryPolicy';

export interface RetryOptions {
	/** Sleeps that many milliseconds; false if the execution was stopped. */
	delay(milliseconds: number): Promise<boolean>;
	/** The longest Retry-After to wait for, in milliseconds. */
	maxRetryAfterMs: number;
}

const NO_RETRY: RetryOptions = { delay: async () => await Promise.resolve(false), maxRetryAfterMs: 0 };

const REQUEST_TIMEOUT_MS = 30_000;

/** Result of a create request. */
export type CreateResult<T> =
	| { response: T }
	/** If the outcome is unknown, the resource may exist: do not resend without a lookup. */
	| { error: NodeApiError; outcomeUnknown: boolean };

interface Call {
	method: IHttpRequestMethods;
	/** Below the base path of the API, with encoded IDs. */
	apiPath: string;
	qs?: IDataObject;
	body?: object;
	/** Whether the request can be sent again even if it succeeded. */
	idempotent: boolean;
}

/** An unsuccessful request. */
interface RequestFailure {
	error: NodeApiError;
	kind: FailureKind;
	retryAfterMs?: number;
}

/** Sends requests to the API, retries them if that is safe, and unwraps the responses. */
export class HttpClient {
	private readonly gate: RateLimitGate;

	/** @param origin Base URL of the API without a trailing slash */
	constructor(
		private readonly node: INode,
		private readonly origin: string,
		private readonly transport: Transport,
		private readonly retry: RetryOptions = NO_RETRY,
	) {
		this.gate = new RateLimitGate((milliseconds) => retry.delay(milliseconds), retry.maxRetryAfterMs);
	}

	/**
	 * Returns the data of a response, of any type.
	 *
	 * @throws {NodeApiError} with the API's message if it rejects the request, fails or does not respond
	 */
	async get(apiPath: string, qs?: IDataObject): Promise<unknown> {
		return await this.data({ method: 'GET', apiPath, qs, idempotent: true });
	}

	/** Returns the data of a response as an object with an ID. */
	async getOne<T extends object>(apiPath: string, idKey: keyof T & string): Promise<T> {
		const data = await this.get(apiPath);
		if (!hasId<T>(data, idKey)) throw unexpectedResponseError(this.node, `GET ${apiPath}`, idKey);
		return data;
	}

	/** Returns the data of a response as a list, without entries that have no ID. */
	async getList<T extends object>(apiPath: string, idKey: keyof T & string, qs?: IDataObject): Promise<T[]> {
		const data = await this.get(apiPath, qs);
		if (!Array.isArray(data)) throw unexpectedResponseError(this.node, `GET ${apiPath}`, 'the list');
		return data.filter((entry): entry is T => hasId<T>(entry, idKey));
	}

	/**
	 * Creates a resource. It is not retried if the outcome is unknown, because the API would create a second one. Never
	 * rejects.
	 *
	 * @returns the data of the response, or {} if it is not an object
	 */
	async create(apiPath: string, body: object): Promise<CreateResult<IDataObject>> {
		const result = await this.send({ method: 'POST', apiPath, body, idempotent: false });
		if ('error' in result) return { error: result.error, outcomeUnknown: result.kind === 'outcomeUnknown' };
		return { response: objectOrEmpty(result.data) };
	}

	/** Like `create`, for a response that must contain a non-empty text, such as the ID. */
	async createWithId<T extends object>(apiPath: string, body: object, key: keyof T & string): Promise<CreateResult<T>> {
		const result = await this.create(apiPath, body);
		if ('error' in result) return result;
		const { response } = result;
		if (hasId<T>(response, key)) return { response };
		return { error: unexpectedResponseError(this.node, `POST ${apiPath}`, key), outcomeUnknown: true };
	}

	/**
	 * Sends an idempotent request (PUT, DELETE, start, stop). A 404 to a retried DELETE means that an earlier attempt
	 * succeeded.
	 *
	 * @returns the data of the response, or {} if it is not an object
	 * @throws {NodeApiError} like `get`
	 */
	async sendIdempotent(method: 'POST' | 'PUT' | 'DELETE', apiPath: string, body?: object): Promise<IDataObject> {
		return objectOrEmpty(await this.data({ method, apiPath, body, idempotent: true }));
	}

	/** Fetches a text from any host, without the credentials. */
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

	/** Uploads a file to a signed upload URL, without the credentials. There are no retries. */
	async putFile(url: string, file: UploadBody): Promise<void> {
		await putFile(this.node, this.transport.upload, url, file);
	}

	private async data(call: Call): Promise<unknown> {
		const result = await this.send(call);
		if ('error' in result) throw result.error;
		return result.data;
	}

	/** Sends a request, and retries it if that is safe. */
	private async send(call: Call): Promise<{ data: unknown } | RequestFailure> {
		let mayHaveSucceeded = false;
		for (let attempt = 1; ; attempt++) {
			const gate = await this.gate.waitUntilOpen();
			if (gate.status !== 'open') {
				const name = callName(call);
				const error =
					gate.status === 'aborted' ? stoppedError(this.node, name) : rateLimitedError(this.node, name, gate.waitMs);
				return { error, kind: mayHaveSucceeded ? 'outcomeUnknown' : 'notSent' };
			}
			const result = await this.attempt(call);
			if ('data' in result) return result;

			const { kind, retryAfterMs, error } = result;
			if (mayHaveSucceeded && call.method === 'DELETE' && error.httpCode === '404') return { data: undefined };
			mayHaveSucceeded ||= kind === 'outcomeUnknown';
			const { idempotent } = call;
			const { maxRetryAfterMs } = this.retry;
			const delayMs = retryDelay({ kind, attempt, idempotent, retryAfterMs, maxRetryAfterMs });
			// A rate limit applies to all requests, even if this one is not retried.
			const closedMs = retryAfterMs ?? (kind === 'rateLimited' ? delayMs : undefined);
			if (closedMs !== undefined) this.gate.closeFor(closedMs);
			if (delayMs === undefined || !(await this.retry.delay(delayMs))) return result;
		}
	}

	private async attempt(call: Call): Promise<{ data: unknown } | RequestFailure> {
		const { method, apiPath, qs, body: requestBody } = call;
		let response: IN8nHttpFullResponse;
		try {
			response = await this.transport.send({
				...(qs && { qs }),
				...(requestBody && { body: requestBody }),
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
		const { statusCode, body, headers } = response;
		const envelope = readEnvelope(statusCode, body);
		if (envelope.ok) return { data: envelope.data };
		const retryAfterMs = parseRetryAfter(headers['retry-after'], headers.date, Date.now());
		const error = responseError(this.node, callName(call), statusCode, envelope.message, isObject(body), retryAfterMs);
		return { error, kind: classifyResponse(statusCode, body), retryAfterMs };
	}
}

/** Resolves to undefined if the API responds with 404 or 405 (no such resource or endpoint). */
export async function undefinedIfNotFound<T>(request: Promise<T>): Promise<T | undefined> {
	return await request.catch((error: unknown) => {
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
