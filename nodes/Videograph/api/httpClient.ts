import type { IDataObject, IHttpRequestMethods, IN8nHttpFullResponse } from 'n8n-workflow';
import { isObject } from '../utils/values';
import {
	hasStatus,
	noResponseError,
	rateLimitedError,
	stoppedError,
	unexpectedDataError,
	VideographError,
} from './errors';
import { RateLimitGate } from './rateLimitGate';
import { readEnvelope } from './response';
import { classifyResponse, parseRetryAfter, retryDelay } from './retryPolicy';
import type { Transport } from './transport';
import { API_PATH } from './urls';

export interface RetryOptions {
	/** Sleeps that many milliseconds; false if the execution was stopped. */
	delay(milliseconds: number): Promise<boolean>;
	/** The longest Retry-After to wait for, in milliseconds. */
	maxRetryAfterMs: number;
}

/** Every request is sent once. */
export const NO_RETRY: RetryOptions = { delay: async () => await Promise.resolve(false), maxRetryAfterMs: 0 };

const REQUEST_TIMEOUT_MS = 30_000;

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
	private readonly gate: RateLimitGate;

	/** @param origin Base URL of the API without a trailing slash */
	constructor(
		private readonly origin: string,
		private readonly transport: Transport,
		private readonly retry: RetryOptions,
	) {
		this.gate = new RateLimitGate((milliseconds) => retry.delay(milliseconds), retry.maxRetryAfterMs);
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
		let mayHaveSucceeded = false;
		for (let attempt = 1; ; attempt++) {
			const gate = await this.gate.waitUntilOpen();
			if (gate.status !== 'open') {
				const kind = mayHaveSucceeded ? 'outcomeUnknown' : 'notSent';
				throw gate.status === 'aborted'
					? stoppedError(nameOf(call), kind)
					: rateLimitedError(nameOf(call), kind, gate.waitMs);
			}
			const result = await this.attempt(call);
			if (!(result instanceof VideographError)) return result.data;

			const { kind, retryAfterMs } = result.details;
			if (mayHaveSucceeded && call.method === 'DELETE' && hasStatus(result, 404)) return undefined;
			mayHaveSucceeded ||= kind === 'outcomeUnknown';
			const { idempotent } = call;
			const { maxRetryAfterMs } = this.retry;
			const delayMs = retryDelay({ kind, attempt, idempotent, retryAfterMs, maxRetryAfterMs });
			// A rate limit applies to all requests, even if this one is not retried.
			const closedMs = retryAfterMs ?? (kind === 'rateLimited' ? delayMs : undefined);
			if (closedMs !== undefined) this.gate.closeFor(closedMs);
			if (delayMs === undefined || !(await this.retry.delay(delayMs))) throw result;
		}
	}

	private async attempt(call: Call): Promise<{ data: unknown } | VideographError> {
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
		const envelope = readEnvelope(status, body);
		if (envelope.ok) return { data: envelope.data };
		return new VideographError(envelope.message, {
			kind: classifyResponse(status, body),
			reason: 'status',
			call: nameOf(call),
			status,
			isJson: isObject(body),
			retryAfterMs: parseRetryAfter(headers['retry-after'], headers.date, Date.now()),
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
