import type { IDataObject, IHttpRequestMethods, IN8nHttpFullResponse } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';
import { isObject } from '../utils/values';
import {
	hasStatus,
	noResponseError,
	rateLimitedError,
	stoppedError,
	unexpectedDataError,
	VideographError,
} from './errors';
import { RateLimiter, type Turn } from './rateLimiter';
import { readEnvelope } from './response';
import { classifyResponse, parseRetryAfter, retryDelay } from './retryPolicy';
import { type ReadResult, SharedReads } from './sharedReads';
import type { Transport } from './transport';
import { API_PATH } from './urls';

export interface RetryOptions {
	/** Sleeps that many milliseconds; false if the execution was stopped. */
	delay(milliseconds: number): Promise<boolean>;
	/** How long a request may wait for the rate limit, over all of its attempts, in milliseconds. */
	maxRateLimitWaitMs: number;
	/** Aborts the wait for the rate limit. */
	signal?: AbortSignal;
	/** What the executions of an account share. By default, nothing is shared. */
	shared?: SharedRequests;
}

/** What the requests of all executions of an account go through. */
export interface SharedRequests {
	limiter: RateLimiter;
	reads: SharedReads;
}

/** @param limiter for tests */
export function createSharedRequests(limiter = new RateLimiter()): SharedRequests {
	return { limiter, reads: new SharedReads(limiter) };
}

/** Every request is sent once. */
export const NO_RETRY: RetryOptions = { delay: async () => await Promise.resolve(false), maxRateLimitWaitMs: 0 };

const REQUEST_TIMEOUT_MS = 30_000;

type Response = { data: unknown } | VideographError;

interface Call {
	method: IHttpRequestMethods;
	/** Below the base path of the API, with encoded IDs. */
	apiPath: string;
	qs?: IDataObject;
	body?: object;
	/** Whether the request can be sent again even if it succeeded. */
	idempotent: boolean;
}

/** Sends requests to the API, retries them if that is safe, and unwraps the responses. */
export class HttpClient {
	private readonly shared: SharedRequests;

	/** @param origin Base URL of the API without a trailing slash */
	constructor(
		private readonly origin: string,
		private readonly transport: Transport,
		private readonly retry: RetryOptions,
	) {
		this.shared = retry.shared ?? createSharedRequests();
	}

	/**
	 * Returns the data of a response, of any type.
	 *
	 * @throws {VideographError} with the API's message if it rejects the request, fails or does not respond
	 */
	async get(apiPath: string, qs?: IDataObject): Promise<unknown> {
		return await this.send({ method: 'GET', apiPath, qs, idempotent: true });
	}

	/** Returns the data of a response as an object with an ID. */
	async getOne<T extends object>(apiPath: string, idKey: keyof T & string): Promise<T> {
		const data = await this.get(apiPath);
		if (!hasId<T>(data, idKey)) throw unexpectedDataError(`GET ${apiPath}`, idKey);
		return data;
	}

	/** Returns the data of a response as a list, without entries that have no ID. */
	async getList<T extends object>(apiPath: string, idKey: keyof T & string, qs?: IDataObject): Promise<T[]> {
		const data = await this.get(apiPath, qs);
		if (!Array.isArray(data)) throw unexpectedDataError(`GET ${apiPath}`, 'the list');
		return data.filter((entry): entry is T => hasId<T>(entry, idKey));
	}

	/**
	 * Creates a resource. It is not retried if the outcome is unknown, because the API would create a second one.
	 *
	 * @returns the data of the response, or {} if it is not an object
	 * @throws {VideographError} like `get`; `isOutcomeUnknown` if the resource may exist
	 */
	async create(apiPath: string, body: object): Promise<IDataObject> {
		return objectOrEmpty(await this.send({ method: 'POST', apiPath, body, idempotent: false }));
	}

	/** Like `create`, for a response that must contain a non-empty text, such as the ID. */
	async createWithId<T extends object>(apiPath: string, body: object, key: keyof T & string): Promise<T> {
		const data: object = await this.create(apiPath, body);
		if (!hasId<T>(data, key)) throw unexpectedDataError(`POST ${apiPath}`, key);
		return data;
	}

	/**
	 * Sends an idempotent request (PUT, DELETE, start, stop). A 404 to a retried DELETE means that an earlier attempt
	 * succeeded.
	 *
	 * @returns the data of the response, or {} if it is not an object
	 * @throws {VideographError} like `get`
	 */
	async sendIdempotent(method: 'POST' | 'PUT' | 'DELETE', apiPath: string, body?: object): Promise<IDataObject> {
		return objectOrEmpty(await this.send({ method, apiPath, body, idempotent: true }));
	}

	/** Sends a request, and retries it if that is safe. */
	private async send(call: Call): Promise<unknown> {
		const { maxRateLimitWaitMs, signal } = this.retry;
		const turn = this.shared.limiter.createTurn(maxRateLimitWaitMs, signal);
		let mayHaveSucceeded = false;
		let refusal: VideographError | undefined;
		for (let attempt = 1; ; attempt++) {
			const sent = await this.sendInTurn(call, turn);
			if (sent.status !== 'sent') {
				// A refused request reports the API's own error.
				if (refusal) throw refusal;
				const kind = mayHaveSucceeded ? 'outcomeUnknown' : 'notSent';
				throw sent.status === 'aborted'
					? stoppedError(nameOf(call), kind)
					: rateLimitedError(nameOf(call), kind, sent.waitMs);
			}
			const result = sent.value;
			if (!(result instanceof VideographError)) return (sent.isShared ? deepCopy(result) : result).data;

			const { kind, retryAfterMs } = result.details;
			if (mayHaveSucceeded && call.method === 'DELETE' && hasStatus(result, 404)) return undefined;
			mayHaveSucceeded ||= kind === 'outcomeUnknown';
			if (kind === 'rateLimited') {
				// The rate limiter delays the next attempt.
				refusal = result;
				turn.refusals++;
				continue;
			}
			refusal = undefined;
			const { idempotent } = call;
			const delayMs = retryDelay({ kind, attempt, idempotent, retryAfterMs, maxRetryAfterMs: maxRateLimitWaitMs });
			if (delayMs === undefined || !(await this.retry.delay(delayMs))) throw result;
		}
	}

	/** Sends a request when it is its turn. Reads are shared. */
	private async sendInTurn(call: Call, turn: Turn): Promise<ReadResult<Response>> {
		const { limiter, reads } = this.shared;
		if (call.method === 'GET') {
			const key = JSON.stringify([call.apiPath, call.qs]);
			return await reads.read(key, turn, async (sentMs) => await this.attempt(call, sentMs));
		}
		const admission = await limiter.acquire(turn);
		if (admission.status !== 'open') return admission;
		return { status: 'sent', value: await this.attempt(call, admission.sentMs), isShared: false };
	}

	/** @param sentMs now, in epoch milliseconds */
	private async attempt(call: Call, sentMs: number): Promise<Response> {
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
			return noResponseError(nameOf(call), thrown);
		}
		const { statusCode: status, body, headers } = response;
		const { limiter } = this.shared;
		const kind = classifyResponse(status, body);
		if (kind !== 'rateLimited') limiter.accept(sentMs);
		const envelope = readEnvelope(status, body);
		if (envelope.ok) return { data: envelope.data };
		const retryAfterMs = parseRetryAfter(headers['retry-after'], headers.date, Date.now());
		if (kind === 'rateLimited') limiter.refuse(sentMs, retryAfterMs);
		return new VideographError(envelope.message, {
			kind,
			reason: 'status',
			call: nameOf(call),
			status,
			isJson: isObject(body),
			retryAfterMs,
		});
	}
}

/** Resolves to undefined if the API responds with 404 or 405 (no such resource or endpoint). */
export async function undefinedIfNotFound<T>(request: Promise<T>): Promise<T | undefined> {
	return await request.catch((error: unknown) => {
		if (hasStatus(error, 404, 405)) return undefined;
		throw error;
	});
}

function nameOf({ method, apiPath }: Call): string {
	return `${method} ${apiPath}`;
}

function objectOrEmpty(data: unknown): IDataObject {
	return isObject(data) ? (data as IDataObject) : {};
}

function hasId<T extends object>(data: unknown, idKey: keyof T & string): data is T {
	return isObject(data) && typeof data[idKey] === 'string' && data[idKey] !== '';
}
